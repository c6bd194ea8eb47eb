package dev.fedcore.adapters.email;

import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
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

  private Letter(Session session, String messageId) {
    super(session);
    this.messageId = messageId;
  }

  /// Writes the letter.
  ///
  /// @param from a bare address
  /// @param at the date it bears
  static Letter write(
      Session session, String from, EmailParameters parameters, String effectKey, Instant at) {
    try {
      var letter = new Letter(session, messageId(effectKey, from));
      letter.setFrom(new InternetAddress(from, true));
      letter.setRecipient(RecipientType.TO, new InternetAddress(parameters.recipient(), true));
      letter.setSubject(parameters.subject(), "UTF-8");
      letter.setHeader("Date", DATE.format(at));
      letter.setHeader(EFFECT_HEADER, effectKey);
      letter.setText(parameters.body().replace("\n", "\r\n"), "UTF-8");
      letter.saveChanges();
      return letter;
    } catch (MessagingException e) {
      throw new IllegalStateException("checked parameters make no letter", e);
    }
  }

  /// The Message-ID of what goes out under a key.
  static String messageId(String effectKey, String from) {
    return "<" + effectKey + from.substring(from.lastIndexOf('@')) + ">";
  }

  String messageId() {
    return messageId;
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
