package dev.fedcore.adapters.email;

import dev.fedcore.evidence.hash.Sha256;
import jakarta.mail.Address;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One message as it goes out. Its Message-ID is ours and holds the effect key, and so does the
/// header `X-Fedcore-Effect`, so that a person, a bounce or a mailbox can tell what became of it.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc5322">RFC 5322</a>
final class Letter extends MimeMessage {

  private static final String EFFECT_HEADER = "X-Fedcore-Effect";

  /// The same on every host, whatever its time zone (RFC 5322, section 3.3).
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final String messageId;
  private final int length;

  private Letter(Session session, String messageId, int length) {
    super(session);
    this.messageId = messageId;
    this.length = length;
  }

  /// Writes the letter.
  ///
  /// @param from a bare address
  /// @param at the date it bears
  static Letter write(
      Session session, String from, EmailParameters parameters, String effectKey, Instant at) {
    try {
      var letter = new Letter(session, messageId(effectKey, from), parameters.length());
      letter.setFrom(new InternetAddress(from, true));
      letter.setRecipients(RecipientType.TO, addresses(parameters.recipients()));
      letter.setSubject(parameters.subject(), "UTF-8");
      letter.setHeader("Date", DATE.format(at));
      letter.setHeader(EFFECT_HEADER, effectKey);
      String text = parameters.body().replace("\n", "\r\n");
      if (parameters.html().isEmpty()) {
        letter.setText(text, "UTF-8");
      } else {
        letter.setContent(
            new Alternatives(effectKey, text, parameters.html().get().replace("\n", "\r\n")));
      }
      letter.saveChanges();
      return letter;
    } catch (MessagingException e) {
      throw new IllegalStateException("checked parameters make no letter", e);
    }
  }

  private static Address[] addresses(List<String> texts) throws AddressException {
    var addresses = new ArrayList<Address>();
    for (String text : texts) {
      addresses.add(new InternetAddress(text, true));
    }
    return addresses.toArray(Address[]::new);
  }

  /// The plain text, and behind it the HTML, which whoever can show it prefers (RFC 2046, section
  /// 5.1.4). What parts them is made from the effect key, so that the same letter is the same
  /// bytes.
  private static final class Alternatives extends MimeMultipart {

    /// No encoded line begins like this (RFC 2045, section 6.7).
    private static final String BOUNDARY = "=_";

    private static final int DIGITS = 32;

    Alternatives(String effectKey, String text, String html) throws MessagingException {
      super("alternative");
      String digits = Sha256.hex(effectKey.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
      contentType = "multipart/alternative; boundary=\"" + BOUNDARY + digits + "\"";
      addBodyPart(part(text, "plain"));
      addBodyPart(part(html, "html"));
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
      var part = new MimeBodyPart();
      part.setText(text, "UTF-8", subtype);
      return part;
    }
  }

  /// The Message-ID of what goes out under a key.
  static String messageId(String effectKey, String from) {
    return "<" + effectKey + from.substring(from.lastIndexOf('@')) + ">";
  }

  String messageId() {
    return messageId;
  }

  /// How long its text is, in UTF-16 units: about as many bytes as it holds, headers aside.
  int length() {
    return length;
  }

  /// The bytes that go over the line, before dots are doubled.
  byte[] bytes() {
    var bytes = new ByteArrayOutputStream();
    try {
      writeTo(bytes);
    } catch (IOException | MessagingException e) {
      throw new IllegalStateException("a letter cannot be written into memory", e);
    }
    return bytes.toByteArray();
  }

  @Override
  protected void updateMessageID() throws MessagingException {
    setHeader("Message-ID", messageId);
  }
}
