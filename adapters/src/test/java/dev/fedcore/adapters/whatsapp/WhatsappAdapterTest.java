package dev.fedcore.adapters.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.adapters.HttpFake.Answer;
import dev.fedcore.adapters.HttpFake.Line;
import dev.fedcore.adapters.SendingContract;
import dev.fedcore.adapters.outbox.EffectJournal;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WhatsappAdapterTest extends SendingContract {

  private final CloudApiFake meta = new CloudApiFake();

  @Override
  protected Adapter make(EffectJournal opened, Permits permits) {
    return WhatsappAdapter.of(WhatsappSettings.from(meta.environment()), opened, permits, clock);
  }

  @Override
  protected JsonObject parameters(int number) {
    return message("+1555123%04d".formatted(number), "Number " + number + ", grüß 🤖");
  }

  private static JsonObject message(String recipient, String text) {
    return JsonObject.builder().put("phone", recipient).put("content", text).build();
  }

  @Override
  protected int effects() {
    return meta.taken().size();
  }

  @Override
  protected void behave(Receiver receiver) {
    switch (receiver) {
      case GONE -> meta.close();
      case REFUSES -> meta.answer(error(400, 131_026));
      case SAYS_LATER -> meta.answer(error(429, 130_429));
      case HANGS_UP -> meta.line(Line.CUT);
      case HANGS_UP_HALFWAY -> meta.line(Line.CUT_HALFWAY);
    }
  }

  private static Answer error(int status, long code) {
    String details = HOSTILE.replace("\u001b", "\\u001b").replace("\u202e", "\\u202e");
    return new Answer(status, CloudApiFake.error(code, details));
  }

  @AfterEach
  void closeMeta() {
    meta.close();
  }

  private AdapterOutcome sent(int run) {
    return adapter().execute(permit(run(run), 1, action(1)), action(1));
  }

  @Test
  void says_what_it_is() {
    assertThat(adapter().type()).isEqualTo("whatsapp");
    assertThat(adapter().version()).isEqualTo("1");
    assertThat(adapter().effect()).isEqualTo(ActionForm.Effect.IRREVERSIBLE);
    assertThat(adapter().dedup()).isEqualTo(ActionForm.Dedup.NONE);
  }

  @Test
  void sends_the_effect_key_along() {
    sent(1);

    assertThat(meta.taken()).containsExactly("fedcore-01900000-0000-7000-8000-000000000001-act-1");
  }

  @Test
  void calls_the_effect_as_meta_does() {
    assertThat(effect(sent(1))).isEqualTo("wamid.1");
  }

  static Stream<WhatsappErrors.Row> table() {
    return WhatsappErrors.TABLE.rows().stream();
  }

  @ParameterizedTest
  @MethodSource("table")
  void does_with_every_error_what_the_table_says(WhatsappErrors.Row row) {
    for (long code : new TreeSet<>(List.of(row.from(), row.to()))) {
      meta.answer(new Answer(400, CloudApiFake.error(code, "details")));

      AdapterOutcome outcome = sent(Math.toIntExact(code % 1_000_000) + 1);
      now.set(now.get().plus(Circuit.REST));

      switch (row.kind()) {
        case LATER ->
            assertThat(outcome)
                .isEqualTo(new NotNow("whatsapp_" + code, row.says() + " (details)"));
        case AUTH, ACCOUNT, CONTENT ->
            assertThat(outcome)
                .isEqualTo(new Rejected("whatsapp_" + code, row.says() + " (details)"));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "500, 131016, NotNow",
    "400, 999999, Rejected",
    "500, 999999, InDoubt",
    "503, 999999, InDoubt",
    "408, 999999, InDoubt",
    "429, 999999, NotNow",
    "302, 999999, Rejected",
  })
  void judges_an_error_that_is_not_in_the_table_by_its_status(
      int status, long code, String outcome) {
    meta.answer(new Answer(status, CloudApiFake.error(code, "details")));

    assertThat(sent(1).getClass().getSimpleName()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200|<html>ok</html>|InDoubt",
        "200|{\"messaging_product\":\"whatsapp\",\"messages\":[]}|InDoubt",
        "200|{\"messages\":[{\"id\":\"wamid.1\"}]}|InDoubt",
        "200|{\"messaging_product\":\"whatsapp\",\"messages\":[{\"id\":\"\"}]}|InDoubt",
        "200|{\"messaging_product\":\"whatsapp\",\"messages\":[7]}|InDoubt",
        "400|<html>no</html>|Rejected",
        "400|{\"error\":{\"code\":\"131026\"}}|Rejected",
        "400|{\"error\":{\"code\":1e300}}|Rejected",
        "502|<html>bad gateway</html>|InDoubt",
      })
  void does_not_guess_what_an_odd_answer_means(int status, String body, String outcome) {
    meta.answer(new Answer(status, body));

    assertThat(sent(1).getClass().getSimpleName()).isEqualTo(outcome);
  }

  @ParameterizedTest
  @CsvSource({"401, 190", "403, 10", "400, 131031", "401, 999999"})
  void sends_nothing_more_while_meta_does_not_want_us(int status, long code) {
    meta.answer(new Answer(status, CloudApiFake.error(code, "no")));
    assertThat(sent(1)).isInstanceOf(Rejected.class);

    assertThat(sent(2))
        .isInstanceOfSatisfying(
            NotNow.class, notNow -> assertThat(notNow.code()).isEqualTo("whatsapp_stopped"));
    assertThat(meta.requests()).isEqualTo(1);
  }

  @Test
  void tries_one_message_after_five_minutes_and_goes_on_when_meta_takes_it() {
    meta.answer(new Answer(401, CloudApiFake.error(190, "no")));
    sent(1);
    now.set(NOON.plus(Circuit.REST));

    assertThat(sent(2)).isInstanceOf(Rejected.class);
    assertThat(sent(3)).isInstanceOf(NotNow.class);

    now.set(NOON.plus(Circuit.REST.multipliedBy(2)));
    meta.answer(new Answer(200, ""));
    assertThat(sent(4)).isInstanceOf(Done.class);
    assertThat(sent(5)).isInstanceOf(Done.class);
    assertThat(meta.requests()).isEqualTo(4);
  }

  @Test
  void goes_on_after_a_refusal_that_is_about_one_message() {
    meta.answer(error(400, 131_026));
    sent(1);
    meta.answer(new Answer(200, ""));

    assertThat(sent(2)).isInstanceOf(Done.class);
  }

  @Test
  void sends_a_template_as_meta_takes_it() {
    var action =
        adapter()
            .normalise(
                JsonObject.builder()
                    .put("recipient", "+15551234567")
                    .put(
                        "template",
                        JsonObject.builder()
                            .put("name", "lesson_ready")
                            .put("language", "en_US")
                            .put("header", "Monday")
                            .put("body", JsonArray.ofStrings(List.of("Asha", "algebra")))
                            .build())
                    .build());

    assertThat(adapter().execute(permit(run(1), 1, action), action)).isInstanceOf(Done.class);
    assertThat(meta.bodies())
        .containsExactly(
            """
            {"biz_opaque_callback_data":"fedcore-01900000-0000-7000-8000-000000000001-act-1",\
            "messaging_product":"whatsapp","recipient_type":"individual","template":{"components":\
            [{"parameters":[{"text":"Monday","type":"text"}],"type":"header"},\
            {"parameters":[{"text":"Asha","type":"text"},{"text":"algebra","type":"text"}],\
            "type":"body"}],"language":{"code":"en_US"},"name":"lesson_ready"},\
            "to":"15551234567","type":"template"}\
            """);
  }

  @Test
  void follows_no_redirect() {
    meta.answer(new Answer(307, "elsewhere", Map.of("Location", meta.uri() + "/v25.0/1/messages")));

    assertThat(sent(1)).isInstanceOf(Rejected.class);
    assertThat(meta.requests()).isEqualTo(1);
  }

  @Test
  void asks_once_however_the_line_breaks() {
    meta.line(Line.CUT);

    sent(1);

    assertThat(meta.requests()).isEqualTo(1);
  }

  @Test
  void is_in_doubt_when_the_answer_has_no_end() {
    meta.answer(new Answer(200, "x".repeat(2 << 20)));

    assertThat(sent(1)).isInstanceOf(InDoubt.class);
  }

  @Test
  void says_how_patient_meta_wants_us_to_be() {
    meta.answer(new Answer(429, CloudApiFake.error(4, "no"), Map.of("Retry-After", "30")));

    assertThat(sent(1))
        .isEqualTo(
            new NotNow(
                "whatsapp_4",
                "the app has made too many calls (no); it asks for 30 s of patience"));
  }

  @Test
  void waits_so_long_for_an_answer_and_then_is_in_doubt() {
    meta.line(Line.SILENT);
    WhatsappSettings settings = WhatsappSettings.from(meta.environment()).orElseThrow();
    Adapter impatient =
        WhatsappAdapter.impatient(settings, Duration.ofMillis(300), journal(), office, clock);

    assertThat(impatient.execute(permit(run(1), 1, action(1)), action(1)))
        .isInstanceOf(InDoubt.class);
  }

  @Test
  void sends_45_to_the_same_recipient_at_once_and_then_one_in_6_seconds() {
    assertThat(IntStream.rangeClosed(1, 45).mapToObj(this::sent)).allMatch(Done.class::isInstance);

    assertThat(sent(46))
        .isInstanceOfSatisfying(
            NotNow.class, notNow -> assertThat(notNow.code()).isEqualTo("pair_limit"));
    assertThat(meta.requests()).isEqualTo(45);

    now.set(NOON.plusSeconds(6));
    assertThat(sent(47)).isInstanceOf(Done.class);
    assertThat(sent(48)).isInstanceOf(NotNow.class);
  }

  @Test
  void sends_no_more_in_a_second_than_the_number_may() {
    var environment = new HashMap<>(meta.environment());
    environment.put("WHATSAPP_MESSAGES_PER_SECOND", "2");
    Adapter slow = WhatsappAdapter.of(WhatsappSettings.from(environment), journal(), office, clock);

    var outcomes =
        IntStream.rangeClosed(1, 3)
            .mapToObj(i -> slow.execute(permit(run(i), 1, action(i)), action(i)))
            .toList();

    assertThat(outcomes.subList(0, 2)).allMatch(Done.class::isInstance);
    assertThat(outcomes.get(2))
        .isInstanceOfSatisfying(
            NotNow.class, notNow -> assertThat(notNow.code()).isEqualTo("throughput_limit"));
    assertThat(effects()).isEqualTo(2);
  }
}
