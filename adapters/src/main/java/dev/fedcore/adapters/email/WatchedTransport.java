package dev.fedcore.adapters.email;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.io.IOException;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/// An SMTP connection that knows whether the dot that ends a message may have left: from then on,
/// only the server's answer tells whether it was sent.
final class WatchedTransport extends SMTPTransport {

  private volatile boolean dotMayHaveLeft;

  WatchedTransport(Session session, URLName server, boolean isTls) {
    super(session, server, "smtp", isTls);
  }

  boolean dotMayHaveLeft() {
    return dotMayHaveLeft;
  }

  @Override
  protected void finishData() throws IOException, MessagingException {
    dotMayHaveLeft = true;
    super.finishData();
  }
}
