package dev.fedcore.adapters.email;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.fedcore.adapters.JournalledContract;
import dev.fedcore.adapters.outbox.EffectJournal;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.adapter.AdapterOutcome.Rejected;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Against GreenMail, which reads messages as a mailbox would.
class EmailGreenMailTest extends JournalledContract {

  private static final String TEXT =
      "Dear Ann,\n\n.\n..two dots\n" + "long ".repeat(500) + "\nGrüße, your robot 🤖\n";

  private final ServerSetup setup = new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP);
  private final GreenMail server = new GreenMail(setup);

  @BeforeEach
  void start() {
    setup.setServerStartupTimeout(30_000);
    server.setUser("robot", "s3cret");
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Override
  protected Adapter make(EffectJournal opened, Permits permits) {
    return adapterWith("s3cret", opened, permits);
  }

  private Adapter adapterWith(String password, EffectJournal opened, Permits permits) {
    var settings =
        EmailSettings.from(
            Map.of(
                "SMTP_URL",
                "smtp://robot:%s@localhost:%d".formatted(password, server.getSmtp().getPort()),
                "SMTP_FROM",
                "robot@example.com"));
    return EmailAdapter.of(settings, opened, permits, clock);
  }

  @Override
  protected JsonObject parameters(int number) {
    return JsonObject.builder()
        .put("recipient", "ann@example.com")
        .put("subject", "Grüße " + number)
        .put("body", TEXT)
        .build();
  }

  @Override
  protected int effects() {
    return server.getReceivedMessages().length;
  }

  private MimeMessage sent() {
    AdapterOutcome outcome = adapter().execute(permit(run(1), 1, action(1)), action(1));
    assertThat(outcome).isInstanceOf(AdapterOutcome.Done.class);
    return server.getReceivedMessages()[0];
  }

  @Test
  void arrives_as_it_was_approved() throws MessagingException, IOException {
    MimeMessage message = sent();

    assertThat(message.getSubject()).isEqualTo("Grüße 1");
    assertThat(message.getContent().toString().replace("\r\n", "\n"))
        .as("the text, whose last line end GreenMail takes for the message's")
        .isEqualTo(TEXT.stripTrailing());
    assertThat(message.getAllRecipients())
        .extracting(Object::toString)
        .containsExactly("ann@example.com");
    assertThat(message.getFrom()).extracting(Object::toString).containsExactly("robot@example.com");
    assertThat(message.getMessageID())
        .isEqualTo("<fedcore-01900000-0000-7000-8000-000000000001-act-1@example.com>");
    assertThat(message.getHeader("X-Fedcore-Effect"))
        .containsExactly("fedcore-01900000-0000-7000-8000-000000000001-act-1");
    assertThat(message.getSentDate()).isEqualTo(NOON);
  }

  @Test
  void arrives_at_every_recipient_with_text_and_html() throws MessagingException, IOException {
    JsonObject parameters =
        JsonObject.builder()
            .put("recipient", JsonArray.ofStrings(List.of("ann@example.com", "ben@example.com")))
            .put("subject", "Grüße")
            .put("body", TEXT)
            .put("html", "<p>Grüße,<br>your <b>robot</b></p>")
            .build();
    var action = adapter().normalise(parameters);

    AdapterOutcome outcome = adapter().execute(permit(run(1), 1, action), action);

    assertThat(outcome).isInstanceOf(AdapterOutcome.Done.class);
    assertThat(server.getReceivedMessages()).hasSize(2);
    for (MimeMessage message : server.getReceivedMessages()) {
      assertThat(message.getAllRecipients())
          .extracting(Object::toString)
          .containsExactly("ann@example.com", "ben@example.com");
      assertThat(message.getContentType()).startsWith("multipart/alternative");
      var parts = (MimeMultipart) message.getContent();
      assertThat(parts.getCount()).isEqualTo(2);
      assertThat(parts.getBodyPart(0).getContentType()).isEqualTo("text/plain; charset=UTF-8");
      assertThat(parts.getBodyPart(0).getContent().toString().replace("\r\n", "\n"))
          .isEqualTo(TEXT);
      assertThat(parts.getBodyPart(1).getContentType()).isEqualTo("text/html; charset=UTF-8");
      assertThat(parts.getBodyPart(1).getContent().toString().stripTrailing())
          .isEqualTo("<p>Grüße,<br>your <b>robot</b></p>");
    }
  }

  @Test
  void is_refused_with_a_wrong_password() {
    Adapter stranger = adapterWith("wr0ng", journal(), office);

    AdapterOutcome outcome = stranger.execute(permit(run(1), 1, action(1)), action(1));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> assertThat(rejected.code()).isEqualTo("smtp_authentication"));
    assertThat(outcome.toString()).doesNotContain("wr0ng");
    assertThat(effects()).isZero();
  }
}
