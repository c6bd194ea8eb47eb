package dev.fedcore.adapters.email;

import dev.fedcore.engine.adapter.ActionForm.Action;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.safety.Safelist;

/// An e-mail, checked.
///
/// @param recipients 1 to 50 bare addresses in ASCII, their domains in lower case, none twice
/// @param subject one line
/// @param body plain text; its lines end in a line feed
/// @param html the same for who wants it prettier; the plain text stays beside it
record EmailParameters(
    List<String> recipients, String subject, String body, Optional<String> html) {

  /// The most recipients of one message; more is a mailing, which wants another tool.
  static final int RECIPIENTS_MAX = 50;

  /// The longest address, in characters (RFC 5321, section 4.5.3.1.3, without the brackets).
  static final int RECIPIENT_LENGTH_MAX = 254;

  /// The longest subject, in UTF-16 units: two lines on a screen.
  static final int SUBJECT_LENGTH_MAX = 200;

  /// The longest text, in UTF-16 units: forty pages.
  static final int BODY_LENGTH_MAX = 100_000;

  private static final String POINTER = "/parameters";
  private static final String RECIPIENT = "recipient";

  /// What HTML may hold: text, headings, lists, tables and links. Nothing that runs, nothing that
  /// is fetched when the message is opened, nothing that hides what an approver should see.
  private static final Safelist SAFE =
      Safelist.relaxed().removeTags("img").addTags("hr").preserveRelativeLinks(false);

  EmailParameters {
    recipients = List.copyOf(recipients);
  }

  /// Reads the parameters of an action.
  ///
  /// @throws MalformedInput with a pointer below `/parameters`
  static EmailParameters read(JsonObject parameters) {
    JsonFields fields = JsonFields.of(EmailForm.REQUIRED.underOneName(parameters), POINTER);
    var read =
        new EmailParameters(
            recipients(fields),
            line(fields, "subject"),
            text(fields, "body"),
            fields.has("html") ? Optional.of(html(fields)) : Optional.empty());
    fields.end();
    return read;
  }

  /// The normal form. Reading it again gives the same parameters.
  Action action() {
    var members =
        JsonObject.builder().put("body", body).put(RECIPIENT, recipient()).put("subject", subject);
    html.ifPresent(text -> members.put("html", text));
    return new Action(target(), members.build());
  }

  /// How long text and HTML are together, in UTF-16 units.
  int length() {
    return body.length() + html.map(String::length).orElse(0);
  }

  /// One address as a text, several as a list.
  private JsonValue recipient() {
    return recipients.size() == 1
        ? new JsonString(recipients.getFirst())
        : JsonArray.ofStrings(recipients);
  }

  /// One address as it is; several in brackets, so that a rule which looks at how a target begins
  /// or ends does not take the first or last of them for all.
  private String target() {
    return recipients.size() == 1
        ? recipients.getFirst()
        : "[" + String.join(", ", recipients) + "]";
  }

  /// What later steps see: the same for the same parameters, so neither id nor time is in it.
  JsonObject output(boolean isDryRun) {
    return JsonObject.builder()
        .put("dry_run", isDryRun)
        .put(RECIPIENT, recipient())
        .put("status", isDryRun ? "NOT_SENT" : "SENT")
        .put("subject", subject)
        .build();
  }

  private static List<String> recipients(JsonFields fields) {
    boolean isList =
        fields.optionalValue(RECIPIENT).filter(JsonArray.class::isInstance).isPresent();
    if (!isList) {
      String text = fields.string(RECIPIENT, RECIPIENT_LENGTH_MAX);
      return List.of(address(text, fields.pointer(RECIPIENT)));
    }
    List<String> texts = fields.strings(RECIPIENT);
    if (texts.isEmpty() || texts.size() > RECIPIENTS_MAX) {
      throw problem(fields, RECIPIENT, "must have 1 to %d addresses".formatted(RECIPIENTS_MAX));
    }
    Set<String> addresses = new LinkedHashSet<>();
    for (int i = 0; i < texts.size(); i++) {
      String pointer = JsonPointers.child(fields.pointer(RECIPIENT), i);
      if (!addresses.add(address(texts.get(i), pointer))) {
        throw new MalformedInput(pointer, "is there twice");
      }
    }
    return List.copyOf(addresses);
  }

  /// One bare address. Whatever could be read as two, or end the header it stands in, is refused.
  private static String address(String said, String pointer) {
    String text = said.strip();
    if (text.length() > RECIPIENT_LENGTH_MAX || !isBareAddress(text)) {
      throw new MalformedInput(
          pointer, "must be one address such as ann@example.com, in ASCII, without a name");
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

  private static String html(JsonFields fields) {
    String html = text(fields, "html");
    if (!Jsoup.isValid(html, SAFE)) {
      throw problem(
          fields,
          "html",
          "must be a sound fragment of text, headings, lists, tables and absolute links:"
              + " no scripts, styles, images, forms or comments");
    }
    return html;
  }

  private static MalformedInput problem(JsonFields fields, String name, String problem) {
    return new MalformedInput(fields.pointer(name), problem);
  }
}
