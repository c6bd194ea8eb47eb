package dev.fedcore.adapters.ai;

import dev.fedcore.adapters.form.PlainText;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What a model answered.
///
/// @param id what the server calls it; empty when it does not say
/// @param content empty when the model refused, or had something else in mind
/// @param usage tokens, by the server's own count; empty when it does not say
record ChatAnswer(
    String id, Optional<String> content, String finishReason, Optional<JsonObject> usage) {

  /// How deep an answer may be that must be JSON.
  static final int DEPTH_MAX = 32;

  /// What is read of an answer that must be JSON. The bytes are bounded by the answer's.
  private static final JsonLimits ANSWER_LIMITS = new JsonLimits(1 << 20, DEPTH_MAX, 10_000);

  private static final String FINISHED = "stop";
  private static final List<String> COUNTS =
      List.of("completion_tokens", "prompt_tokens", "total_tokens");

  /// Reads an answer. What is not asked for here is passed over, since servers differ.
  ///
  /// @throws MalformedInput if it is no chat completion
  static ChatAnswer read(byte[] body) {
    JsonFields fields = JsonFields.of(JsonReader.readObject(body, JsonLimits.DEFAULT), "");
    List<JsonValue> choices = fields.array("choices");
    if (choices.isEmpty() || !(choices.getFirst() instanceof JsonObject first)) {
      throw new MalformedInput("/choices/0", "must be an object");
    }
    JsonFields choice = JsonFields.of(first, "/choices/0");
    JsonFields message = JsonFields.of(choice.object("message"), "/choices/0/message");
    return new ChatAnswer(
        fields.optionalString("id").orElse(""),
        message.optionalString("content"),
        choice.optionalString("finish_reason").orElse(""),
        fields.optionalObject("usage").map(ChatAnswer::counts));
  }

  /// What it cost, if the server says so.
  OptionalLong tokens() {
    return usage
        .map(u -> JsonFields.of(u, "/usage"))
        .map(u -> u.optionalInteger("total_tokens", 0, Integer.MAX_VALUE))
        .orElse(OptionalLong.empty());
  }

  /// What it means. Anything but a finished answer of the wanted form is a failure; it would be
  /// asked for again only by somebody's command.
  ///
  /// @param effectKey names the effect if the server does not
  AdapterOutcome outcome(Optional<ResponseSchema> schema, String effectKey) {
    if (!finishReason.equals(FINISHED)) {
      return new AdapterOutcome.Rejected(
          "ai_not_finished", "the answer ended with \"%s\"".formatted(shown(finishReason)));
    }
    if (content.isEmpty()) {
      return new AdapterOutcome.Rejected("ai_no_answer", "the model refused or answered nothing");
    }
    String reference = id.isBlank() ? "ai-" + effectKey : shown(id);
    if (schema.isEmpty()) {
      return new AdapterOutcome.Done(reference, output(new JsonString(content.get())));
    }
    JsonValue json;
    try {
      json = JsonReader.read(content.get().getBytes(StandardCharsets.UTF_8), ANSWER_LIMITS);
    } catch (MalformedInput e) {
      return invalid("the answer is not JSON: " + e.getMessage());
    }
    return schema
        .get()
        .problemOf(json)
        .<AdapterOutcome>map(problem -> invalid("the answer is not as asked for: " + problem))
        .orElseGet(() -> new AdapterOutcome.Done(reference, output(json)));
  }

  private static AdapterOutcome.Rejected invalid(String message) {
    return new AdapterOutcome.Rejected("ai_answer_invalid", shown(message));
  }

  private static String shown(String text) {
    return PlainText.of(text, List.of());
  }

  private JsonObject output(JsonValue answer) {
    return JsonObject.builder()
        .put("answer", answer)
        .put("dry_run", false)
        .put("finish_reason", finishReason)
        .put("usage", usage.<JsonValue>map(u -> u).orElse(JsonNull.NULL))
        .build();
  }

  private static JsonObject counts(JsonObject usage) {
    JsonFields fields = JsonFields.of(usage, "/usage");
    var counts = JsonObject.builder();
    for (String name : COUNTS) {
      fields
          .optionalInteger(name, 0, Integer.MAX_VALUE)
          .ifPresent(count -> counts.put(name, count));
    }
    return counts.build();
  }
}
