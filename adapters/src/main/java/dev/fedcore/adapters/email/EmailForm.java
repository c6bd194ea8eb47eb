package dev.fedcore.adapters.email;

import dev.fedcore.adapters.form.RequiredTexts;
import dev.fedcore.adapters.form.RequiredTexts.Text;
import dev.fedcore.engine.adapter.ActionForm;
import dev.fedcore.evidence.json.JsonObject;
import java.util.Optional;

/// What sending an e-mail looks like: `recipient`, one or a list, `subject`, `body`, which may also
/// be called `content`, and if wanted `html`.
public final class EmailForm implements ActionForm {

  static final RequiredTexts REQUIRED =
      RequiredTexts.of(
          new Text("recipient", "missing_recipient"),
          new Text("subject", "missing_subject"),
          new Text("body", "missing_body", "content"));

  @Override
  public String type() {
    return "email";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public Effect effect() {
    return Effect.IRREVERSIBLE;
  }

  @Override
  public Dedup dedup() {
    return Dedup.NONE;
  }

  @Override
  public Action normalise(JsonObject parameters) {
    return EmailParameters.read(parameters).action();
  }

  @Override
  public Optional<String> missing(JsonObject parameters) {
    return REQUIRED.missing(parameters);
  }
}
