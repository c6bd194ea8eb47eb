package dev.fedcore.pillars.karma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.pillars.served.Document;
import dev.fedcore.pillars.served.Served;
import dev.fedcore.pillars.served.Served.Answer;
import dev.fedcore.pillars.served.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What else Karma's clients ask for: tokens spent, balances, what is carried from life to life,
/// plans, signals, and scores of texts.
class KarmaRelativesTest {

  private static final Document DOCUMENT = Document.beside(Karma.class);
  private static final Instant START = Instant.parse("2026-01-31T10:00:00Z");

  @TempDir private Path directory;

  private final SettableClock clock = new SettableClock(START);
  private Karma karma;
  private Served served;

  @BeforeEach
  void open() {
    karma = Karma.open(directory, KarmaSettings.DEFAULT, clock);
    served = Served.over(karma.routes(), karma.problems(), DOCUMENT);
  }

  @AfterEach
  void close() {
    served.close();
    karma.close();
  }

  private Answer did(String user, String action) {
    Answer answer =
        served.post(
            "/api/v1/log-action/",
            "{\"user_id\":\"%s\",\"action\":\"%s\",\"role\":\"user\",\"source\":\"bhiv_core\"}"
                .formatted(user, action));
    assertThat(answer.status()).isEqualTo(200);
    return answer;
  }

  private Answer redeemed(String token, String amount, String more) {
    return served.post(
        "/redeem/",
        "{\"user_id\":\"ann\",\"token\":\"%s\",\"amount\":%s,\"source\":\"bhiv_core\"%s}"
            .formatted(token, amount, more));
  }

  @Test
  void tokens_are_spent_once_for_each_event_and_the_role_follows() {
    did("ann", "selfless_service");
    assertThat(served.get("/view-balance/ann").text("/merit_score")).isEqualTo("75");

    Answer first = redeemed("PunyaTokens", "10", ",\"event_id\":\"r-1\"");
    assertThat(first.text("/balance")).isEqualTo("15");
    assertThat(first.text("/current_role")).isEqualTo("learner");
    assertThat(redeemed("PunyaTokens", "10", ",\"event_id\":\"r-1\"").body())
        .isEqualTo(first.body());
    assertThat(redeemed("PunyaTokens", "11", ",\"event_id\":\"r-1\"").status()).isEqualTo(409);

    Answer balance = served.get("/view-balance/ann");
    assertThat(balance.text("/balances/PunyaTokens")).isEqualTo("15");
    assertThat(balance.text("/merit_score")).isEqualTo("45");
    assertThat(karma.replay().bytes()).isEqualTo(karma.kept().bytes());
  }

  @Test
  void what_is_spent_does_not_make_the_rest_last_longer() {
    did("ann", "completing_lessons");
    clock.set(START.plus(Duration.ofDays(364)));
    assertThat(redeemed("DharmaPoints", "1", "").text("/balance")).isEqualTo("4");
    clock.set(START.plus(Duration.ofDays(366)));

    assertThat(served.get("/view-balance/ann").text("/balances/DharmaPoints")).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({
    "DharmaPoints, 6, 409, BALANCE_TOO_LOW",
    "SevaPoints, 1, 409, BALANCE_TOO_LOW",
    "SanchitaKarma, 1, 400, MALFORMED_REQUEST",
    "DharmaPoints, 0, 400, MALFORMED_REQUEST",
    "DharmaPoints, -1, 400, MALFORMED_REQUEST",
  })
  void what_is_not_there_or_cannot_be_spent_is_refused(
      String token, String amount, int status, String code) {
    did("ann", "completing_lessons");

    Answer answer = redeemed(token, amount, "");

    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.text("/error/code")).isEqualTo(code);
    assertThat(served.get("/view-balance/ann").text("/balances/DharmaPoints")).isEqualTo("5");
  }

  @Test
  void the_workflow_executor_spends_nothing_and_reads_nothing() {
    String body =
        "{\"user_id\":\"ann\",\"token\":\"DharmaPoints\",\"amount\":1,"
            + "\"source\":\"workflow_executor\"}";

    assertThat(served.post("/redeem/", body).status()).isEqualTo(403);
    for (String path :
        new String[] {
          "/view-balance/ann",
          "/api/v1/karma/prarabdha/ann",
          "/v1/appeal/status/ann",
          "/v1/atonement/plans/ann",
          "/api/v1/karma/signal/ann?product_context=workflow",
        }) {
      assertThat(served.get(path, "X-Actor-Id", "workflow_executor").status()).isEqualTo(403);
      assertThat(served.get(path).status()).as("%s of nobody", path).isEqualTo(404);
    }
  }

  @Test
  void what_is_carried_into_the_next_life_is_prarabdha() {
    did("ann", "violence");
    assertThat(served.get("/api/v1/karma/prarabdha/ann").text("/prarabdha")).isEqualTo("0");
    served.post("/v1/death/event", "{\"user_id\":\"ann\",\"source\":\"bhiv_core\"}");

    Answer carried = served.get("/api/v1/karma/prarabdha/ann");
    assertThat(carried.text("/prarabdha")).isEqualTo("-1.5");
    assertThat(carried.text("/death_threshold")).isEqualTo("-100");
    assertThat(carried.text("/death_threshold_reached")).isEqualTo("false");
    assertThat(carried.text("/lives")).isEqualTo("1");
  }

  @Test
  void an_appeals_plan_is_shown_until_it_is_fulfilled() {
    did("ann", "false_speech");
    assertThat(served.get("/v1/appeal/status/ann").text("/plans")).isEqualTo("[]");
    served.post(
        "/v1/appeal/",
        "{\"user_id\":\"ann\",\"action\":\"false_speech\",\"source\":\"bhiv_core\"}");

    assertThat(served.get("/v1/appeal/status/ann").text("/plans/0/left/Jap")).isEqualTo("108");
    assertThat(served.get("/v1/atonement/plans/ann").body())
        .isEqualTo(served.get("/v1/appeal/status/ann").body());
  }

  @Test
  void a_signal_follows_from_where_a_life_would_lead() {
    did("ann", "completing_lessons");
    assertSignal("allow", "0");
    for (int i = 0; i < 3; i++) {
      did("ann", "violence");
    }
    assertSignal("nudge", "0.05");
    for (int i = 0; i < 40; i++) {
      did("ann", "violence");
    }
    assertSignal("restrict", "1");
  }

  private void assertSignal(String signal, String severity) {
    Answer answer = served.get("/api/v1/karma/signal/ann?product_context=gurukul");
    assertThat(answer.text("/signal")).isEqualTo(signal);
    assertThat(answer.text("/severity")).isEqualTo(severity);
    assertThat(answer.text("/ttl")).isEqualTo("300");
    assertThat(answer.text("/requires_core_ack")).isEqualTo("true");
    assertThat(answer.text("/opaque_reason_code")).matches("K[0-3]");
  }

  @Test
  void a_life_that_is_due_to_end_is_for_a_person_to_look_at() {
    for (int i = 0; i < 67; i++) {
      did("ann", "violence");
    }
    served.post("/v1/death/event", "{\"user_id\":\"ann\",\"source\":\"bhiv_core\"}");

    assertSignal("escalate", "1");
  }

  @ParameterizedTest
  @CsvSource({"'', 400", "?product_context=kitchen, 400"})
  void a_signal_is_asked_for_a_context_that_is_known(String query, int status) {
    did("ann", "completing_lessons");

    assertThat(served.get("/api/v1/karma/signal/ann" + query).status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | 50 | neutral",
        "{'politeness':1,'thoughtful_question':1,'respectful':1,'acknowledging':1,'constructive':1}"
            + " | 67 | neutral",
        "{'thoughtful_question':4} | 70 | neutral",
        "{'thoughtful_question':4,'respectful':1} | 72 | positive",
        "{'spam':1,'rudeness':1} | 32 | neutral",
        "{'ignoring':4} | 30 | low",
        "{'unsafe':100} | -100 | low",
        "{'politeness':100} | 100 | positive",
      })
  void what_was_noticed_about_a_text_comes_to_a_score(String signs, String score, String band) {
    Answer answer =
        served.post("/v1/text-score/", "{\"signs\":%s}".formatted(signs.replace('\'', '"')));

    assertThat(answer.text("/score")).isEqualTo(score);
    assertThat(answer.text("/band")).isEqualTo(band);
    assertThat(served.get("/v1/stats/system").text("/total_events")).isEqualTo("0");
  }

  @ParameterizedTest
  @CsvSource({
    "{\"signs\":{\"religion\":1}}, /signs/religion",
    "{\"signs\":{\"spam\":101}}, /signs/spam",
    "{\"text\":\"hello\"}, /signs",
  })
  void only_what_may_count_is_counted(String body, String pointer) {
    Answer answer = served.post("/v1/text-score/", body);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("/details/errors/0/pointer")).isEqualTo(pointer);
  }
}
