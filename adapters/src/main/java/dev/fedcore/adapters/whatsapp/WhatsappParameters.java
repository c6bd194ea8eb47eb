package dev.fedcore.adapters.whatsapp;

import dev.fedcore.engine.adapter.ActionForm.Action;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;

/// A WhatsApp text message, checked.
///
/// @param recipient a number as E.164 writes it, with its plus sign
record WhatsappParameters(String recipient, String message) {

  /// The longest text, in UTF-16 units; Meta's own limit for a text's body.
  static final int MESSAGE_LENGTH_MAX = 4_096;

  /// The longest number as people write it, in characters: fifteen digits and what parts them.
  static final int RECIPIENT_LENGTH_MAX = 32;

  private static final String POINTER = "/parameters";

  /// A country code does not begin with 0; fifteen digits at most (ITU-T E.164, section 6). An `X`
  /// stands for a digit in examples, such as the seed's own.
  private static final String E_164 = "\\+[1-9][0-9X]{6,14}";

  /// Reads the parameters of an action.
  ///
  /// @throws MalformedInput with a pointer below `/parameters`
  static WhatsappParameters read(JsonObject parameters) {
    JsonFields fields = JsonFields.of(WhatsappForm.REQUIRED.underOneName(parameters), POINTER);
    var read = new WhatsappParameters(recipient(fields), message(fields));
    fields.end();
    return read;
  }

  /// The normal form. Reading it again gives the same parameters.
  Action action() {
    return new Action(
        recipient,
        JsonObject.builder().put("message", message).put("recipient", recipient).build());
  }

  /// Whether the number is an example and nobody's: good for a dry run only.
  boolean isExample() {
    return recipient.indexOf('X') >= 0;
  }

  /// What later steps see: the same for the same parameters, so neither id nor time is in it.
  JsonObject output(boolean isDryRun) {
    return JsonObject.builder()
        .put("dry_run", isDryRun)
        .put("recipient", recipient)
        .put("status", isDryRun ? "NOT_SENT" : "ACCEPTED")
        .build();
  }

  /// What the Cloud API is asked. `biz_opaque_callback_data` comes back in every report.
  byte[] request(String effectKey) {
    return JsonObject.builder()
        .put("biz_opaque_callback_data", effectKey)
        .put("messaging_product", "whatsapp")
        .put("recipient_type", "individual")
        .put("text", JsonObject.builder().put("body", message).put("preview_url", false).build())
        .put("to", recipient.substring(1))
        .put("type", "text")
        .build()
        .canonicalBytes();
  }

  private static String recipient(JsonFields fields) {
    String text = fields.string("recipient", RECIPIENT_LENGTH_MAX).replaceAll("[ ().-]", "");
    if (!text.matches(E_164)) {
      throw new MalformedInput(
          fields.pointer("recipient"), "must be a number with its country code: +15551234567");
    }
    return text;
  }

  private static String message(JsonFields fields) {
    String text = fields.string("message", MESSAGE_LENGTH_MAX);
    if (text.isBlank()) {
      throw new MalformedInput(fields.pointer("message"), "must not be blank");
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
      throw new MalformedInput(
          fields.pointer("message"), "must not have control characters but line feeds and tabs");
    }
    return text;
  }
}
