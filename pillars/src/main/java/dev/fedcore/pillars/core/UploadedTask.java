package dev.fedcore.pillars.core;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Request;
import dev.fedcore.pillars.core.upload.Attachment;
import dev.fedcore.pillars.core.upload.UploadForm;
import dev.fedcore.pillars.core.upload.UploadForm.Part;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A request that comes as a form with a file.
///
/// @param body the form's other fields, as the body of a request without a file would have them
record UploadedTask(JsonObject body, Attachment file) {

  private static final String FILE = "file";
  private static final String TAGS = "tags";
  private static final String RETRIES = "retries";

  /// Reads the form.
  ///
  /// @throws ProblemFound 415 if it is no form, or the file no text
  /// @throws MalformedInput if the form is broken, or a field or file there twice or missing
  static UploadedTask read(Request request) {
    if (!request.mediaType().equals(UploadForm.MEDIA_TYPE)) {
      throw Bodies.unsupported(request.mediaType(), UploadForm.MEDIA_TYPE);
    }
    Map<String, JsonValue> fields = new LinkedHashMap<>();
    List<JsonValue> tags = new ArrayList<>();
    Optional<Attachment> file = Optional.empty();
    for (Part part : UploadForm.read(request.body(), request.header("Content-Type").orElse(""))) {
      boolean isFile = part.name().equals(FILE);
      if (fields.containsKey(part.name()) || (isFile && file.isPresent())) {
        throw new MalformedInput("/" + part.name(), "is there twice");
      }
      if (isFile) {
        file = Optional.of(attachment(part));
      } else if (part.name().equals(TAGS)) {
        tags.add(new JsonString(text(part)));
      } else {
        fields.put(part.name(), value(part));
      }
    }
    if (!tags.isEmpty()) {
      fields.put(TAGS, new JsonArray(tags));
    }
    return new UploadedTask(
        JsonObject.of(fields),
        file.orElseThrow(() -> new MalformedInput("/" + FILE, "is missing; send a text file")));
  }

  /// What tells this request from another with the same key.
  JsonObject identity() {
    JsonObject told =
        JsonObject.builder()
            .put("name", file.name())
            .put("sha256", Sha256.hex(file.text().getBytes(StandardCharsets.UTF_8)))
            .build();
    return body.with(FILE, told);
  }

  private static Attachment attachment(Part part) {
    Attachment file =
        Attachment.of(part.fileName().orElse(""), part.bytes())
            .orElseThrow(() ->
                new ProblemFound(
                    Problem.of(
                        ProblemKind.UNSUPPORTED_MEDIA_TYPE,
                        "the file is no text in UTF-8; Core reads no PDF, picture or sound:"
                            + " send the text that is in it")));
    if (file.text().isEmpty()) {
      throw new MalformedInput("/" + FILE, "must say something");
    }
    return file;
  }

  /// A form knows texts only; one field is a number.
  private static JsonValue value(Part part) {
    String text = text(part);
    return part.name().equals(RETRIES) && text.matches("[0-9]{1,3}")
        ? JsonNumber.of(Integer.parseInt(text))
        : new JsonString(text);
  }

  private static String text(Part part) {
    return Attachment.of("", part.bytes())
        .map(Attachment::text)
        .orElseThrow(() -> new MalformedInput("/" + part.name(), "must be a text in UTF-8"));
  }
}
