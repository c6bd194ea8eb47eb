package dev.fedcore.adapters.ai;

import dev.fedcore.engine.adapter.ActionForm.Action;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A question to a model, checked.
///
/// @param maxTokens how long the answer may become
/// @param schema what the answer must be, if it is to be JSON
record AiParameters(String prompt, long maxTokens, Optional<ResponseSchema> schema) {

  /// The longest question, in UTF-16 units: forty pages.
  static final int PROMPT_LENGTH_MAX = 100_000;

  /// The longest answer that can be asked for, in tokens; it fits the 1 MiB that is read.
  static final long TOKENS_MAX = 32_768;

  /// The longest answer of those who do not say, in tokens: two pages.
  static final long TOKENS_DEFAULT = 1_024;

  private static final String POINTER = "/parameters";
  private static final String SCHEMA = "response_schema";

  /// Few tokens stand for less than three bytes, so this is rarely too low.
  private static final int BYTES_PER_TOKEN = 3;

  /// What the form of a conversation costs, in tokens.
  private static final int FRAME_TOKENS = 32;

  /// Reads the parameters of an action.
  ///
  /// @throws MalformedInput with a pointer below `/parameters`
  static AiParameters read(JsonObject parameters) {
    JsonFields fields = JsonFields.of(AiForm.REQUIRED.underOneName(parameters), POINTER);
    String prompt = fields.string("prompt", PROMPT_LENGTH_MAX);
    if (prompt.isBlank()) {
      throw new MalformedInput(fields.pointer("prompt"), "must not be blank");
    }
    long maxTokens = fields.optionalInteger("max_tokens", 1, TOKENS_MAX).orElse(TOKENS_DEFAULT);
    Optional<ResponseSchema> schema =
        fields.optionalObject(SCHEMA).map(s -> ResponseSchema.read(s, fields.pointer(SCHEMA)));
    fields.end();
    return new AiParameters(prompt, maxTokens, schema);
  }

  /// The normal form. Reading it again gives the same parameters.
  Action action() {
    var members = JsonObject.builder().put("max_tokens", maxTokens).put("prompt", prompt);
    schema.ifPresent(s -> members.put(SCHEMA, s.json()));
    return new Action("", members.build());
  }

  /// What the model is asked.
  ///
  /// @param tokensField what this server calls the limit of the answer
  byte[] request(String model, String tokensField) {
    var message = JsonObject.builder().put("content", prompt).put("role", "user").build();
    var members =
        JsonObject.builder()
            .put(tokensField, maxTokens)
            .put("messages", JsonArray.of(message))
            .put("model", model)
            .put("stream", false);
    schema.ifPresent(s -> members.put("response_format", s.responseFormat()));
    return members.build().canonicalBytes();
  }

  /// About the most tokens that question and answer can cost.
  long tokensAtMost() {
    int schemaBytes = schema.map(s -> s.json().canonicalBytes().length).orElse(0);
    int bytes = prompt.getBytes(StandardCharsets.UTF_8).length + schemaBytes;
    return bytes / BYTES_PER_TOKEN + FRAME_TOKENS + maxTokens;
  }
}
