package dev.fedcore.adapters.email;

import dev.fedcore.adapters.email.EmailSettings.Login;
import dev.fedcore.adapters.email.EmailSettings.Protection;
import dev.fedcore.adapters.form.PlainText;
import dev.fedcore.adapters.settings.Secret;
import dev.fedcore.adapters.wire.Circuit;
import dev.fedcore.adapters.wire.Circuit.Standing;
import dev.fedcore.adapters.wire.Turns;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.evidence.json.JsonObject;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.URLName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

/// The line to the server that takes e-mail in. One connection a message.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc5321">RFC 5321</a>
final class SmtpLine {

  /// The most connections at once; usual servers take ten of one client.
  private static final int AT_ONCE_MAX = 8;

  /// The longest waits: for the connection, for each answer, for each write. The library's own
  /// default is to wait for ever.
  private static final Duration CONNECT_WAIT = Duration.ofSeconds(5);

  private static final Duration ANSWER_WAIT = Duration.ofSeconds(20);

  /// The longest conversation, for a server that answers each time just before its time is over.
  private static final Duration CONVERSATION_WAIT = Duration.ofMinutes(1);

  /// How long a conversation that was broken off may take to notice.
  private static final Duration BREAK_OFF_WAIT = Duration.ofSeconds(5);

  /// The code of a password that is refused.
  private static final String AUTHENTICATION = "smtp_authentication";

  private final EmailSettings settings;
  private final Session session;
  private final Duration conversationWait;
  private final Circuit circuit;
  private final Turns turns = new Turns(AT_ONCE_MAX);

  /// @param tls trusts the server; empty for the platform's own trust
  /// @param clock says when a server that has refused our password is asked again
  SmtpLine(EmailSettings settings, Optional<SSLSocketFactory> tls, InstantSource clock) {
    this(settings, tls, ANSWER_WAIT, CONVERSATION_WAIT, clock);
  }

  SmtpLine(
      EmailSettings settings,
      Optional<SSLSocketFactory> tls,
      Duration answerWait,
      Duration conversationWait,
      InstantSource clock) {
    this.settings = settings;
    this.circuit = new Circuit("email", clock);
    this.conversationWait = conversationWait;
    Properties properties = properties(settings, answerWait);
    tls.ifPresent(factory -> properties.put("mail.smtp.ssl.socketFactory", factory));
    this.session = Session.getInstance(properties);
  }

  Session session() {
    return session;
  }

  /// Sends `letter` once.
  ///
  /// @param output what is put out if it is sent
  AdapterOutcome send(Letter letter, JsonObject output) {
    try {
      if (!turns.take(letter.length())) {
        return new AdapterOutcome.NotNow("smtp_busy", "too many messages are waiting; not sent");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new AdapterOutcome.NotNow("smtp_interrupted", "interrupted before anything was sent");
    }
    try {
      return welcome(letter, output);
    } finally {
      turns.giveBack(letter.length());
    }
  }

  /// Sends it unless the server has refused our password a moment ago.
  private AdapterOutcome welcome(Letter letter, JsonObject output) {
    Optional<String> stopped = circuit.stopped();
    if (stopped.isPresent()) {
      return new AdapterOutcome.NotNow(
          "smtp_stopped",
          "nothing was sent, as the mail server has refused us and is asked again in a while: "
              + stopped.get());
    }
    AdapterOutcome outcome = inTime(letter, output);
    switch (outcome) {
      case AdapterOutcome.Done _ -> circuit.heard(Standing.WELCOME, "");
      case AdapterOutcome.Rejected(String code, String message) ->
          circuit.heard(
              code.equals(AUTHENTICATION) ? Standing.UNWELCOME : Standing.WELCOME, message);
      case AdapterOutcome.NotNow _, AdapterOutcome.InDoubt _ -> circuit.heard(Standing.UNTOLD, "");
    }
    return outcome;
  }

  /// Interrupting a virtual thread closes the socket it waits for, so a conversation that takes too
  /// long ends with what it knows by then.
  private AdapterOutcome inTime(Letter letter, JsonObject output) {
    var told = new CompletableFuture<AdapterOutcome>();
    Thread conversation =
        Thread.startVirtualThread(() -> {
          try {
            told.complete(converse(letter, output));
          } catch (RuntimeException | Error fault) {
            told.completeExceptionally(fault);
          }
        });
    try {
      return told.get(conversationWait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      conversation.interrupt();
      return brokenOff(told);
    } catch (InterruptedException _) {
      conversation.interrupt();
      AdapterOutcome outcome = brokenOff(told);
      Thread.currentThread().interrupt();
      return outcome;
    } catch (ExecutionException e) {
      return new AdapterOutcome.InDoubt("the mail library failed: " + e.getCause());
    }
  }

  private static AdapterOutcome brokenOff(CompletableFuture<AdapterOutcome> told) {
    try {
      return told.get(BREAK_OFF_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException _) {
      return new AdapterOutcome.InDoubt("the conversation took too long and could not be ended");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new AdapterOutcome.InDoubt("interrupted while the conversation was ended");
    }
  }

  private AdapterOutcome converse(Letter letter, JsonObject output) {
    boolean isTls = settings.protection() == Protection.IMPLICIT;
    var server = new URLName("smtp", settings.host(), settings.port(), null, null, null);
    var transport = new WatchedTransport(session, server, isTls);
    try {
      transport.connect(
          settings.host(),
          settings.port(),
          settings.login().map(Login::user).orElse(null),
          settings.login().map(login -> login.password().value()).orElse(null));
      transport.sendMessage(letter, letter.getAllRecipients());
      return new AdapterOutcome.Done(letter.messageId(), output);
    } catch (MessagingException e) {
      return failed(transport, e);
    } finally {
      close(transport);
    }
  }

  /// What is said after the server has taken the message changes nothing.
  private static void close(WatchedTransport transport) {
    try {
      transport.close();
    } catch (MessagingException _) {
      // The connection is gone, which is what was wanted.
    }
  }

  private AdapterOutcome failed(WatchedTransport transport, MessagingException e) {
    int code = transport.getLastReturnCode();
    String said = said(String.valueOf(transport.getLastServerResponse()));
    if (code >= 500 && code <= 599) {
      return new AdapterOutcome.Rejected(
          e instanceof AuthenticationFailedException ? AUTHENTICATION : "smtp_refused",
          "the mail server refused it: " + said);
    }
    if (code >= 400 && code <= 499) {
      return new AdapterOutcome.NotNow("smtp_later", "the mail server says not now: " + said);
    }
    if (transport.dotMayHaveLeft()) {
      return new AdapterOutcome.InDoubt(
          "the mail server did not confirm the end of the message: " + said(e));
    }
    boolean hasAnswered = code >= 200 && code <= 299;
    if (hasAnswered && e instanceof AuthenticationFailedException) {
      return new AdapterOutcome.Rejected(
          AUTHENTICATION, "the mail server offers no way to log in that is safe enough");
    }
    return notSent(transport, hasAnswered, e);
  }

  private AdapterOutcome notSent(
      WatchedTransport transport, boolean hasAnswered, MessagingException e) {
    if (settings.protection() == Protection.STARTTLS
        && hasAnswered
        && !transport.supportsExtension("STARTTLS")) {
      return new AdapterOutcome.Rejected(
          "smtp_no_tls", "the mail server offers no STARTTLS, and nothing is sent in clear text");
    }
    if (e.getCause() instanceof SSLException) {
      return new AdapterOutcome.NotNow("smtp_tls_failed", "no TLS with the server: " + said(e));
    }
    return new AdapterOutcome.NotNow(
        "smtp_unreachable", "the connection failed before the message was sent: " + said(e));
  }

  private String said(MessagingException e) {
    String cause = e.getCause() == null ? "" : ": " + e.getCause();
    return said(e.getMessage() + cause);
  }

  private String said(String text) {
    List<Secret> secrets = settings.login().map(Login::password).stream().toList();
    return PlainText.of(text, secrets);
  }

  /// All that this line does otherwise than the library would; the process's properties have no
  /// say.
  private static Properties properties(EmailSettings settings, Duration answerWait) {
    var properties = new Properties();
    String domain = settings.from().substring(settings.from().lastIndexOf('@') + 1);
    properties.put("mail.smtp.connectiontimeout", String.valueOf(CONNECT_WAIT.toMillis()));
    properties.put("mail.smtp.timeout", String.valueOf(answerWait.toMillis()));
    properties.put("mail.smtp.writetimeout", String.valueOf(answerWait.toMillis()));
    properties.put("mail.smtp.from", settings.from());
    properties.put("mail.smtp.localhost", domain);
    properties.put("mail.smtp.quitwait", "false");
    properties.put("mail.smtp.sendpartial", "false");
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.ssl.protocols", "TLSv1.3 TLSv1.2");
    properties.put("mail.smtp.auth", String.valueOf(settings.login().isPresent()));
    properties.put("mail.smtp.auth.mechanisms", "PLAIN LOGIN");
    boolean isStartTls = settings.protection() == Protection.STARTTLS;
    properties.put("mail.smtp.starttls.enable", String.valueOf(isStartTls));
    properties.put("mail.smtp.starttls.required", String.valueOf(isStartTls));
    return properties;
  }
}
