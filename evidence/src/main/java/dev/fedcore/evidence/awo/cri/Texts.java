package dev.fedcore.evidence.awo.cri;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// `assert_contains` and `write_text`: what a text says, and putting one into `artifacts/`.
final class Texts {

  /// Where the list of artefacts goes, so that no artefact may.
  static final String ARTIFACTS = "artifacts/index.json";

  private static final int SAMPLE_CODE_POINTS = 400;
  private static final int PATH_LENGTH_MAX = 80;
  private static final Pattern PATH =
      Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*");

  private Texts() {}

  static StepOutcome assertContains(JsonObject arguments, Scratch scratch) {
    var fields = JsonFields.of(arguments, "/args");
    String from = fields.string("from_step");
    String field = fields.optionalString("field").orElse("");
    List<String> wanted = fields.strings("must_include");
    fields.end();
    if (wanted.isEmpty()) {
      throw new MalformedInput("/args/must_include", "is empty; say what the text must include");
    }
    Optional<String> text = scratch.text(from, field);
    String lower = text.orElse("").toLowerCase(Locale.ROOT);
    List<String> missing =
        wanted.stream().filter(part -> !lower.contains(part.toLowerCase(Locale.ROOT))).toList();
    JsonObject result =
        JsonObject.builder()
            .put("must_include", JsonArray.ofStrings(wanted))
            .put("missing", JsonArray.ofStrings(missing))
            .put("ok", missing.isEmpty())
            .put("sample", sample(text.orElse("")))
            .build();
    return missing.isEmpty()
        ? new StepOutcome.Done(result)
        : new StepOutcome.Failed(
            result, "the text of step \"%s\" lacks %s".formatted(from, missing));
  }

  static StepOutcome write(JsonObject arguments, Scratch scratch) {
    var fields = JsonFields.of(arguments, "/args");
    String path = fields.string("path", PATH_LENGTH_MAX);
    Optional<String> literal = fields.optionalString("text");
    String from = literal.isPresent() ? "" : fields.string("from_step");
    String field = fields.optionalString("field").orElse("");
    fields.end();
    String place = "artifacts/" + path;
    if (!PATH.matcher(path).matches() || place.equals(ARTIFACTS)) {
      throw new MalformedInput(
          "/args/path",
          "must be names of A-Z a-z 0-9 . _ - divided by /, and not index.json; is \""
              + path
              + "\"");
    }
    if (scratch.collides(place)) {
      throw new MalformedInput(
          "/args/path", "collides with an artefact of an earlier step; choose another");
    }
    Optional<String> text = literal.or(() -> scratch.text(from, field));
    if (text.isEmpty()) {
      return new StepOutcome.Failed(
          JsonObject.builder().put("path", path).build(),
          "step \"%s\" has no text%s"
              .formatted(from, field.isEmpty() ? "" : " in \"" + field + "\""));
    }
    byte[] bytes = text.get().getBytes(StandardCharsets.UTF_8);
    scratch.put(place, bytes);
    return new StepOutcome.Done(
        JsonObject.builder()
            .put("path", path)
            .put("bytes", bytes.length)
            .put("sha256", "sha256:" + Sha256.hex(bytes))
            .build());
  }

  private static String sample(String text) {
    int length = Math.min(SAMPLE_CODE_POINTS, text.codePointCount(0, text.length()));
    return text.substring(0, text.offsetByCodePoints(0, length));
  }
}
