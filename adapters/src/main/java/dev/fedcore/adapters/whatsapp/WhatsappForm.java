package dev.fedcore.adapters.whatsapp;

import dev.fedcore.adapters.form.RequiredTexts;
import dev.fedcore.adapters.form.RequiredTexts.Text;
import dev.fedcore.engine.adapter.ActionForm;
import dev.fedcore.evidence.json.JsonObject;
import java.util.Optional;

/// What sending a WhatsApp message looks like: `recipient`, which may also be called `phone`, and
/// either `message`, which may also be called `content`, or `template`.
public final class WhatsappForm implements ActionForm {

  private static final String MISSING_MESSAGE = "missing_message";

  static final RequiredTexts REQUIRED =
      RequiredTexts.of(
          new Text("recipient", "missing_recipient", "phone"),
          new Text("message", MISSING_MESSAGE, "content"));

  @Override
  public String type() {
    return "whatsapp";
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
    return WhatsappParameters.read(parameters).action();
  }

  @Override
  public Optional<String> missing(JsonObject parameters) {
    boolean hasTemplate =
        parameters
            .get(WhatsappParameters.TEMPLATE)
            .filter(JsonObject.class::isInstance)
            .isPresent();
    return REQUIRED
        .missing(parameters)
        .filter(code -> !(hasTemplate && code.equals(MISSING_MESSAGE)));
  }
}
