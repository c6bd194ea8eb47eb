package dev.fedcore.adapters.ai;

import dev.fedcore.adapters.form.RequiredTexts;
import dev.fedcore.adapters.form.RequiredTexts.Text;
import dev.fedcore.engine.adapter.ActionForm;
import dev.fedcore.evidence.json.JsonObject;
import java.util.Optional;

/// What asking a model looks like: `prompt`, which may also be called `content`, and if wanted
/// `response_schema` and `max_tokens`.
public final class AiForm implements ActionForm {

  static final RequiredTexts REQUIRED =
      RequiredTexts.of(new Text("prompt", "missing_prompt", "content"));

  @Override
  public String type() {
    return "ai";
  }

  @Override
  public String version() {
    return "1";
  }

  /// A question changes nothing, though it costs something.
  @Override
  public Effect effect() {
    return Effect.NONE;
  }

  @Override
  public Dedup dedup() {
    return Dedup.NONE;
  }

  @Override
  public Action normalise(JsonObject parameters) {
    return AiParameters.read(parameters).action();
  }

  @Override
  public Optional<String> missing(JsonObject parameters) {
    return REQUIRED.missing(parameters);
  }
}
