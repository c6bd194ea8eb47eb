package dev.fedcore.adapters.whatsapp;

import dev.fedcore.adapters.form.PlainText;
import dev.fedcore.adapters.settings.Secret;
import dev.fedcore.adapters.wire.Circuit.Standing;
import dev.fedcore.adapters.wire.HttpAnswer;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.List;
import java.util.Optional;

/// What the Cloud API's answer means.
///
/// An error that is in the table is what the table says. One that is not was refused if it has a
/// status of 4xx; with any other status, nobody knows what was done.
record CloudAnswer(Secret token) {

  /// What became of a message, and whether more of them are welcome.
  record Verdict(AdapterOutcome outcome, Standing standing) {}

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;

  private static final int TOO_MANY_REQUESTS = 429;
  private static final int REQUEST_TIMEOUT = 408;

  /// @param output what is put out if the message was accepted
  Verdict verdict(HttpAnswer answer, JsonObject output) {
    return switch (answer) {
      case HttpAnswer.Complete complete -> complete(complete, output);
      case HttpAnswer.NotSent(String cause) ->
          new Verdict(
              new AdapterOutcome.NotNow(
                  "whatsapp_unreachable", "nothing was sent to the Cloud API: " + plain(cause)),
              Standing.UNTOLD);
      case HttpAnswer.Lost(String cause) ->
          new Verdict(
              new AdapterOutcome.InDoubt("the Cloud API's answer was lost: " + plain(cause)),
              Standing.UNTOLD);
    };
  }

  private Verdict complete(HttpAnswer.Complete answer, JsonObject output) {
    Optional<JsonObject> body = body(answer);
    if (answer.status() / 100 == 2) {
      return body.flatMap(CloudAnswer::messageId)
          .map(id -> new Verdict(new AdapterOutcome.Done(id, output), Standing.WELCOME))
          .orElseGet(() ->
              new Verdict(
                  new AdapterOutcome.InDoubt("the Cloud API accepted, and named no message"),
                  Standing.UNTOLD));
    }
    Optional<JsonNumber> code =
        body.flatMap(b -> JsonPointers.find(b, "/error/code"))
            .filter(JsonNumber.class::isInstance)
            .map(JsonNumber.class::cast)
            .filter(JsonNumber::isInteger);
    String says = body.map(this::says).orElse("");
    return code.flatMap(c -> WhatsappErrors.TABLE.find(c.longValue()))
        .map(error -> tabled(error, says, answer))
        .orElseGet(() -> unknown(answer, says));
  }

  private static Verdict tabled(WhatsappError error, String says, HttpAnswer.Complete answer) {
    String code = "whatsapp_" + error.code();
    String message = joined(error.says(), says);
    return switch (error.kind()) {
      case LATER ->
          new Verdict(
              new AdapterOutcome.NotNow(code, message + answer.patience()), Standing.UNTOLD);
      case AUTH, ACCOUNT ->
          new Verdict(new AdapterOutcome.Rejected(code, message), Standing.UNWELCOME);
      case CONTENT -> new Verdict(new AdapterOutcome.Rejected(code, message), Standing.WELCOME);
    };
  }

  private static Verdict unknown(HttpAnswer.Complete answer, String says) {
    int status = answer.status();
    String message = joined("the Cloud API answered with status " + status, says);
    if (status == TOO_MANY_REQUESTS) {
      return new Verdict(
          new AdapterOutcome.NotNow("whatsapp_later", message + answer.patience()),
          Standing.UNTOLD);
    }
    boolean isRefused = status / 100 == 3 || status / 100 == 4;
    if (!isRefused || status == REQUEST_TIMEOUT) {
      return new Verdict(new AdapterOutcome.InDoubt(message), Standing.UNTOLD);
    }
    boolean isStranger = status == UNAUTHORIZED || status == FORBIDDEN;
    return new Verdict(
        new AdapterOutcome.Rejected("whatsapp_refused", message),
        isStranger ? Standing.UNWELCOME : Standing.WELCOME);
  }

  private static String joined(String ours, String theirs) {
    return theirs.isEmpty() ? ours : ours + " (" + theirs + ")";
  }

  private String says(JsonObject body) {
    return JsonPointers.find(body, "/error/error_data/details")
        .or(() -> JsonPointers.find(body, "/error/message"))
        .filter(JsonString.class::isInstance)
        .map(text -> plain(((JsonString) text).value()))
        .orElse("");
  }

  private static Optional<String> messageId(JsonObject body) {
    try {
      JsonFields fields = JsonFields.of(body, "");
      boolean isOurs = fields.string("messaging_product").equals("whatsapp");
      return fields.array("messages").stream()
          .filter(_ -> isOurs)
          .map(message -> JsonFields.of((JsonObject) message, "").string("id", 512))
          .filter(id -> !id.isBlank())
          .findFirst();
    } catch (MalformedInput | ClassCastException _) {
      return Optional.empty();
    }
  }

  private static Optional<JsonObject> body(HttpAnswer.Complete answer) {
    try {
      return Optional.of(JsonReader.readObject(answer.body(), JsonLimits.DEFAULT));
    } catch (MalformedInput _) {
      return Optional.empty();
    }
  }

  private String plain(String text) {
    return PlainText.of(text, List.of(token));
  }
}
