package dev.fedcore.adapters.email;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.adapters.SendingContract;
import dev.fedcore.adapters.email.EmailSettings.Login;
import dev.fedcore.adapters.email.EmailSettings.Protection;
import dev.fedcore.adapters.email.SmtpFake.Script;
import dev.fedcore.adapters.email.SmtpFake.Stage;
import dev.fedcore.adapters.outbox.EffectJournal;
import dev.fedcore.adapters.settings.Secret;
import dev.fedcore.adapters.wire.Circuit;
import dev.fedcore.engine.adapter.ActionForm;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.adapter.AdapterOutcome.Done;
import dev.fedcore.engine.adapter.AdapterOutcome.InDoubt;
import dev.fedcore.engine.adapter.AdapterOutcome.NotNow;
import dev.fedcore.engine.adapter.AdapterOutcome.Rejected;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// Against a server that hangs up, or says no, at each point of the conversation.
class EmailAdapterTest extends SendingContract {

  /// The last of them may take 32 s.
  private static final int TRIES_MAX = 7;

  private final SmtpFake server = SmtpFake.start("AUTH PLAIN LOGIN");

  @Override
  protected Adapter make(EffectJournal opened, Permits permits) {
    return adapterTo(server, Protection.NONE, Duration.ofSeconds(20), opened, permits);
  }

  private Adapter adapterTo(
      SmtpFake to,
      Protection protection,
      Duration patience,
      EffectJournal opened,
      Permits permits) {
    var settings =
        new EmailSettings(
            "localhost",
            to.port(),
            protection,
            Optional.of(new Login("robot", new Secret(SECRET))),
            "robot@example.com");
    var line =
        new SmtpLine(
            settings, Optional.of(Certificate.client()), patience, patience.multipliedBy(2), clock);
    return new EmailAdapter(settings.from(), Optional.of(line), opened, permits, clock);
  }

  @Override
  protected JsonObject parameters(int number) {
    return JsonObject.builder()
        .put("recipient", "ann%d@example.com".formatted(number))
        .put("subject", "Number " + number)
        .put("body", "Dear Ann,\n.\nyour number is %d.\n".formatted(number))
        .build();
  }

  @Override
  protected int effects() {
    return server.messages().size();
  }

  @Override
  protected void behave(Receiver receiver) {
    switch (receiver) {
      case GONE -> server.close();
      case REFUSES -> server.script(Script.say(Stage.RCPT, "550 5.1.1 " + HOSTILE));
      case SAYS_LATER -> server.script(Script.say(Stage.DOT, "451 4.7.1 " + HOSTILE));
      case HANGS_UP -> server.script(Script.hangUpAt(Stage.DOT));
      case HANGS_UP_HALFWAY -> server.script(new Script(Stage.DOT, "250-", true));
    }
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  private AdapterOutcome sent() {
    return adapter().execute(permit(run(1), 1, action(1)), action(1));
  }

  private AdapterOutcome sentTo(SmtpFake to, Protection protection) {
    Adapter adapter = adapterTo(to, protection, Duration.ofSeconds(20), journal(), office);
    return adapter.execute(permit(run(1), 1, action(1)), action(1));
  }

  @Test
  void says_what_it_is() {
    assertThat(adapter().type()).isEqualTo("email");
    assertThat(adapter().version()).isEqualTo("1");
    assertThat(adapter().effect()).isEqualTo(ActionForm.Effect.IRREVERSIBLE);
    assertThat(adapter().dedup()).isEqualTo(ActionForm.Dedup.NONE);
  }

  @Test
  void calls_the_effect_by_the_message_id_which_holds_the_effect_key() {
    assertThat(effect(sent()))
        .isEqualTo("<fedcore-01900000-0000-7000-8000-000000000001-act-1@example.com>");
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECTION", "EHLO", "AUTH", "MAIL", "RCPT", "DATA"})
  void has_sent_nothing_when_the_line_is_cut_before_the_message(Stage stage) {
    server.script(Script.hangUpAt(stage));

    assertThat(sent())
        .isInstanceOfSatisfying(
            NotNow.class, notNow -> assertThat(notNow.code()).startsWith("smtp_"));
    assertThat(effects()).isZero();
  }

  @Test
  void has_not_sent_when_the_line_is_cut_within_the_message_and_may_not_know_it() {
    server.script(Script.hangUpAt(Stage.BODY));

    assertThat(sent()).isInstanceOfAny(NotNow.class, InDoubt.class);
    assertThat(effects()).isZero();
  }

  @Test
  void has_sent_when_the_line_is_cut_after_the_server_confirmed() {
    server.script(new Script(Stage.DOT, "250 2.0.0 queued", true));

    assertThat(sent()).isInstanceOf(Done.class);
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void sends_nothing_more_while_the_server_refuses_our_password() {
    server.script(Script.say(Stage.AUTH, "535 5.7.8 wrong password"));
    assertThat(sent()).isInstanceOf(Rejected.class);
    int commands = server.commands().size();
    server.script(Script.politely());

    assertThat(sentAgain(2))
        .isInstanceOfSatisfying(
            NotNow.class, notNow -> assertThat(notNow.code()).isEqualTo("smtp_stopped"));
    assertThat(server.commands()).hasSize(commands);

    now.set(NOON.plus(Circuit.REST));
    assertThat(sentAgain(3)).isInstanceOf(Done.class);
    assertThat(sentAgain(4)).isInstanceOf(Done.class);
  }

  private AdapterOutcome sentAgain(int run) {
    return adapter().execute(permit(run(run), 1, action(1)), action(1));
  }

  @Test
  void sends_to_nobody_when_one_of_several_recipients_is_refused() {
    server.script(Script.say(Stage.RCPT, "550 5.1.1 no such user"));
    var action =
        adapter()
            .normalise(
                JsonObject.builder()
                    .put(
                        "recipient", JsonArray.ofStrings(List.of("a@example.com", "b@example.com")))
                    .put("subject", "Hi")
                    .put("body", "x")
                    .build());

    assertThat(adapter().execute(permit(run(1), 1, action), action)).isInstanceOf(Rejected.class);
    assertThat(effects()).isZero();
    assertThat(server.commands()).doesNotContain("DATA");
  }

  @Test
  void has_sent_when_the_line_is_cut_instead_of_a_farewell() {
    server.script(Script.hangUpAt(Stage.QUIT));

    assertThat(sent()).isInstanceOf(Done.class);
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECTION, 554 5.7.1 no service for you, smtp_refused",
    "AUTH,       535 5.7.8 wrong password,     smtp_authentication",
    "MAIL,       550 5.7.1 sender not allowed, smtp_refused",
    "RCPT,       553 5.1.3 bad mailbox,        smtp_refused",
    "DATA,       554 5.5.1 no valid recipient, smtp_refused",
    "DOT,        552 5.3.4 message too big,    smtp_refused",
  })
  void is_refused_for_good_by_a_5xx(Stage stage, String reply, String code) {
    server.script(Script.say(stage, reply));

    assertThat(sent())
        .isInstanceOfSatisfying(
            Rejected.class,
            rejected -> {
              assertThat(rejected.code()).isEqualTo(code);
              assertThat(rejected.message()).contains(reply);
            });
    assertThat(effects()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECTION, 421 4.3.2 come back later",
    "AUTH,       454 4.7.0 temporary failure",
    "MAIL,       451 4.3.0 local error",
    "RCPT,       450 4.2.1 greylisted",
    "DATA,       421 4.3.2 shutting down",
    "DOT,        452 4.3.1 disk full",
  })
  void is_put_off_by_a_4xx(Stage stage, String reply) {
    server.script(Script.say(stage, reply));

    assertThat(sent())
        .isInstanceOfSatisfying(
            NotNow.class, notNow -> assertThat(notNow.message()).contains(reply));
    assertThat(effects()).isZero();
  }

  @Test
  void waits_so_long_for_an_answer_and_then_is_in_doubt() {
    server.script(Script.say(Stage.DOT, ""));

    assertThat(
            onceTheMessageIsThere(
                limit -> adapterTo(server, Protection.NONE, limit, journal(), office)))
        .isInstanceOf(InDoubt.class);
  }

  @Test
  void waits_so_long_for_a_greeting_and_then_has_sent_nothing() {
    server.script(Script.say(Stage.CONNECTION, ""));
    Adapter impatient =
        adapterTo(server, Protection.NONE, Duration.ofMillis(500), journal(), office);

    assertThat(impatient.execute(permit(run(1), 1, action(1)), action(1)))
        .isInstanceOf(NotNow.class);
  }

  @Test
  void ends_a_conversation_that_goes_on_for_ever() {
    server.script(Script.say(Stage.DOT, ""));
    var settings =
        new EmailSettings(
            "localhost", server.port(), Protection.NONE, Optional.empty(), "robot@example.com");

    assertThat(
            onceTheMessageIsThere(limit -> {
              var line =
                  new SmtpLine(settings, Optional.empty(), Duration.ofMinutes(1), limit, clock);
              return new EmailAdapter(settings.from(), Optional.of(line), journal(), office, clock);
            }))
        .isInstanceOf(InDoubt.class);
  }

  /// What becomes of the first message that is on its way within the limit. As long as none is, the
  /// next is given twice the time.
  private AdapterOutcome onceTheMessageIsThere(Function<Duration, Adapter> impatient) {
    AdapterOutcome outcome;
    int tries = 0;
    do {
      Duration limit = Duration.ofMillis(500L << tries++);
      var permit = permit(run(tries), 1, action(1));
      outcome = impatient.apply(limit).execute(permit, action(1));
    } while (outcome instanceof NotNow && effects() == 0 && tries < TRIES_MAX);
    return outcome;
  }

  @Test
  void is_refused_by_itself_when_the_server_offers_no_starttls() {
    assertThat(sentTo(server, Protection.STARTTLS))
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo("smtp_no_tls"));
    assertThat(effects()).isZero();
    assertThat(server.commands()).allMatch(command -> command.matches("(EHLO|QUIT).*"));
  }

  @Test
  void says_nothing_but_hello_before_starttls() {
    try (var secure = SmtpFake.start("STARTTLS", "AUTH PLAIN")) {
      assertThat(sentTo(secure, Protection.STARTTLS)).isInstanceOf(Done.class);
      assertThat(secure.commands().stream().map(command -> command.split(" ", 2)[0]))
          .startsWith("EHLO", "STARTTLS", "EHLO", "AUTH", "MAIL");
    }
  }

  @Test
  void speaks_tls_from_the_first_byte_where_that_is_wanted() {
    try (var secure = SmtpFake.startImplicit("AUTH PLAIN")) {
      assertThat(sentTo(secure, Protection.IMPLICIT)).isInstanceOf(Done.class);
      assertThat(secure.messages()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTTLS", "IMPLICIT"})
  void does_not_talk_to_a_server_whose_certificate_nobody_vouches_for(Protection protection) {
    boolean isImplicit = protection == Protection.IMPLICIT;
    try (var unknown = isImplicit ? SmtpFake.startImplicit() : SmtpFake.start("STARTTLS")) {
      var settings =
          new EmailSettings(
              "localhost", unknown.port(), protection, Optional.empty(), "robot@example.com");
      Adapter adapter = EmailAdapter.of(Optional.of(settings), journal(), office, clock);

      assertThat(adapter.execute(permit(run(1), 1, action(1)), action(1)))
          .isInstanceOfSatisfying(
              NotNow.class, notNow -> assertThat(notNow.code()).isEqualTo("smtp_tls_failed"));
      assertThat(unknown.messages()).isEmpty();
    }
  }
}
