package dev.fedcore.adapters.whatsapp;

import dev.fedcore.engine.adapter.ActionForm.Action;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.Optional;

/// A WhatsApp message, checked.
///
/// @param recipient a number as E.164 writes it, with its plus sign
record WhatsappParameters(String recipient, Content content) {

  /// What the recipient gets to read.
  sealed interface Content {

    /// Free words, for whoever has written within 24 hours.
    record Text(String message) implements Content {}

    /// Words that Meta has approved, for everybody.
    record Approved(Template template) implements Content {}
  }

  /// The parameter that takes the place of `message`.
  static final String TEMPLATE = "template";

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
    var read = new WhatsappParameters(recipient(fields), content(fields));
    fields.end();
    return read;
  }

  /// The normal form. Reading it again gives the same parameters.
  Action action() {
    var members = JsonObject.builder().put("recipient", recipient);
    switch (content) {
      case Content.Text(String message) -> members.put("message", message);
      case Content.Approved(Template template) -> members.put(TEMPLATE, template.json());
    }
    return new Action(recipient, members.build());
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
    var members =
        JsonObject.builder()
            .put("biz_opaque_callback_data", effectKey)
            .put("messaging_product", "whatsapp")
            .put("recipient_type", "individual")
            .put("to", recipient.substring(1));
    switch (content) {
      case Content.Text(String message) -> members.put("type", "text").put("text", text(message));
      case Content.Approved(Template template) ->
          members.put("type", TEMPLATE).put(TEMPLATE, template.request());
    }
    return members.build().canonicalBytes();
  }

  private static JsonObject text(String message) {
    return JsonObject.builder().put("body", message).put("preview_url", false).build();
  }

  private static String recipient(JsonFields fields) {
    String text = fields.string("recipient", RECIPIENT_LENGTH_MAX).replaceAll("[ ().-]", "");
    if (!text.matches(E_164)) {
      throw new MalformedInput(
          fields.pointer("recipient"), "must be a number with its country code: +15551234567");
    }
    return text;
  }

  private static Content content(JsonFields fields) {
    Optional<JsonObject> template = fields.optionalObject(TEMPLATE);
    if (template.isEmpty()) {
      return new Content.Text(message(fields));
    }
    if (fields.has("message")) {
      throw new MalformedInput(
          fields.pointer(TEMPLATE), "is sent in place of \"message\"; send one of them");
    }
    return new Content.Approved(Template.read(template.get(), fields.pointer(TEMPLATE)));
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
