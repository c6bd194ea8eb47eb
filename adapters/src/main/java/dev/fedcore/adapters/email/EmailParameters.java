package dev.fedcore.adapters.email;

import dev.fedcore.engine.adapter.ActionForm.Action;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Locale;

/// An e-mail, checked.
///
/// @param recipient one bare address in ASCII, its domain in lower case
/// @param subject one line
/// @param body plain text; its lines end in a line feed
record EmailParameters(String recipient, String subject, String body) {

  /// The longest address, in characters (RFC 5321, section 4.5.3.1.3, without the brackets).
  static final int RECIPIENT_LENGTH_MAX = 254;

  /// The longest subject, in UTF-16 units: two lines on a screen.
  static final int SUBJECT_LENGTH_MAX = 200;

  /// The longest text, in UTF-16 units: forty pages.
  static final int BODY_LENGTH_MAX = 100_000;

  private static final String POINTER = "/parameters";

  /// Reads the parameters of an action.
  ///
  /// @throws MalformedInput with a pointer below `/parameters`
  static EmailParameters read(JsonObject parameters) {
    JsonFields fields = JsonFields.of(EmailForm.REQUIRED.underOneName(parameters), POINTER);
    var read =
        new EmailParameters(
            address(fields, "recipient"), line(fields, "subject"), text(fields, "body"));
    fields.end();
    return read;
  }

  /// The normal form. Reading it again gives the same parameters.
  Action action() {
    return new Action(
        recipient,
        JsonObject.builder()
            .put("body", body)
            .put("recipient", recipient)
            .put("subject", subject)
            .build());
  }

  /// What later steps see: the same for the same parameters, so neither id nor time is in it.
  JsonObject output(boolean isDryRun) {
    return JsonObject.builder()
        .put("dry_run", isDryRun)
        .put("recipient", recipient)
        .put("status", isDryRun ? "NOT_SENT" : "SENT")
        .put("subject", subject)
        .build();
  }

  /// One bare address. Whatever could be read as two, or end the header it stands in, is refused.
  static String address(JsonFields fields, String name) {
    String text = fields.string(name, RECIPIENT_LENGTH_MAX).strip();
    if (!isBareAddress(text)) {
      throw problem(
          fields, name, "must be one address such as ann@example.com, in ASCII, without a name");
    }
    int at = text.lastIndexOf('@');
    return text.substring(0, at) + text.substring(at).toLowerCase(Locale.ROOT);
  }

  static boolean isBareAddress(String text) {
    if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f) || text.indexOf('@') < 1) {
      return false;
    }
    try {
      InternetAddress[] addresses = InternetAddress.parse(text, true);
      if (addresses.length != 1 || !text.equals(addresses[0].getAddress())) {
        return false;
      }
      addresses[0].validate();
      return !addresses[0].isGroup();
    } catch (AddressException _) {
      return false;
    }
  }

  private static String line(JsonFields fields, String name) {
    String text = fields.string(name, SUBJECT_LENGTH_MAX);
    if (text.isBlank()) {
      throw problem(fields, name, "must not be blank");
    }
    if (text.codePoints().anyMatch(EmailParameters::breaksLine)) {
      throw problem(fields, name, "must be one line, without control characters");
    }
    return text;
  }

  private static boolean breaksLine(int c) {
    return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
  }

  private static String text(JsonFields fields, String name) {
    String text = fields.string(name, BODY_LENGTH_MAX).replace("\r\n", "\n");
    if (text.isBlank()) {
      throw problem(fields, name, "must not be blank");
    }
    if (text.chars().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
      throw problem(fields, name, "must not have control characters but line feeds and tabs");
    }
    return text;
  }

  private static MalformedInput problem(JsonFields fields, String name, String problem) {
    return new MalformedInput(fields.pointer(name), problem);
  }
}
