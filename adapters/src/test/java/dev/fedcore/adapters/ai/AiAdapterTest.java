package dev.fedcore.adapters.ai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.adapters.HttpFake.Answer;
import dev.fedcore.adapters.HttpFake.Line;
import dev.fedcore.adapters.SendingContract;
import dev.fedcore.adapters.outbox.EffectJournal;
import dev.fedcore.engine.adapter.ActionForm;
import dev.fedcore.engine.adapter.ActionForm.Action;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.adapter.AdapterOutcome.Done;
import dev.fedcore.engine.adapter.AdapterOutcome.InDoubt;
import dev.fedcore.engine.adapter.AdapterOutcome.NotNow;
import dev.fedcore.engine.adapter.AdapterOutcome.Rejected;
import dev.fedcore.engine.adapter.Permit;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.testing.Allocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AiAdapterTest extends SendingContract {

  private static final String SCHEMA =
      """
      {"type":"object","properties":{"colour":{"enum":["red","blue"]}},"required":["colour"],\
      "additionalProperties":false}\
      """;

  private final ModelFake model = new ModelFake();

  @Override
  protected Adapter make(EffectJournal opened, Permits permits) {
    return adapter(Map.of(), Duration.ofSeconds(20), opened, permits);
  }

  private Adapter adapter(
      Map<String, String> more, Duration patience, EffectJournal opened, Permits permits) {
    var environment = new HashMap<>(model.environment());
    environment.putAll(more);
    var ground = new AiAdapter.Ground(directory(), opened, permits, clock);
    return AiAdapter.of(AiSettings.from(environment), patience, ground);
  }

  private Adapter adapterWithEnvironment(String name, String value) {
    return adapter(Map.of(name, value), Duration.ofSeconds(20), journal(), office);
  }

  @Override
  protected JsonObject parameters(int number) {
    return JsonObject.builder().put("content", "What is number " + number + "?").build();
  }

  private static JsonObject asking(String schema) {
    byte[] bytes = schema.getBytes(StandardCharsets.UTF_8);
    return JsonObject.builder()
        .put("prompt", "Which colour?")
        .put("response_schema", JsonReader.readObject(bytes, JsonLimits.DEFAULT))
        .build();
  }

  @Override
  protected int effects() {
    return model.taken().size();
  }

  @Override
  protected void behave(Receiver receiver) {
    String hostile = HOSTILE.replace("\u001b", "\\u001b").replace("\u202e", "\\u202e");
    switch (receiver) {
      case GONE -> model.close();
      case REFUSES -> model.answer(new Answer(400, ModelFake.error(hostile)));
      case SAYS_LATER -> model.answer(new Answer(503, ModelFake.error(hostile)));
      case HANGS_UP -> model.line(Line.CUT);
      case HANGS_UP_HALFWAY -> model.line(Line.CUT_HALFWAY);
    }
  }

  @AfterEach
  void closeModel() {
    model.close();
  }

  private AdapterOutcome asked() {
    return asked(adapter(), 1, parameters(1));
  }

  private AdapterOutcome asked(Adapter adapter, int run, JsonObject parameters) {
    Action action = adapter.normalise(parameters);
    return adapter.execute(permit(run(run), 1, action), action);
  }

  private static String json(JsonObject object) {
    return new String(object.canonicalBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void says_what_it_is() {
    assertThat(adapter().type()).isEqualTo("ai");
    assertThat(adapter().version()).isEqualTo("1");
    assertThat(adapter().effect()).isEqualTo(ActionForm.Effect.NONE);
    assertThat(adapter().dedup()).isEqualTo(ActionForm.Dedup.NONE);
  }

  @Test
  void puts_out_the_answer_and_what_it_cost() {
    AdapterOutcome outcome = asked();

    assertThat(effect(outcome)).isEqualTo("chatcmpl-1");
    assertThat(json(output(outcome)))
        .isEqualTo(
            """
            {"answer":"Aye.","dry_run":false,"finish_reason":"stop",\
            "usage":{"completion_tokens":12,"prompt_tokens":9,"total_tokens":21}}\
            """);
  }

  @Test
  void asks_the_question_and_nothing_else() {
    asked();

    assertThat(model.taken())
        .containsExactly(
            """
            {"max_completion_tokens":1024,"messages":[{"content":"What is number 1?",\
            "role":"user"}],"model":"parrot-1","stream":false}\
            """);
  }

  @Test
  void puts_out_json_that_is_as_asked_for() {
    model.words("{\"colour\": \"red\"}");

    AdapterOutcome outcome = asked(adapter(), 1, asking(SCHEMA));

    assertThat(json(output(outcome))).startsWith("{\"answer\":{\"colour\":\"red\"},");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"colour\":\"green\"}",
        "{\"colour\":\"red\",\"size\":1}",
        "{}",
        "[]",
        "red",
        "{\"colour\":\"red\"} and so on",
        "```json\\n{\"colour\":\"red\"}\\n```",
      })
  void takes_no_answer_that_is_not_as_asked_for(String words) {
    model.words(words);

    assertThat(asked(adapter(), 1, asking(SCHEMA)))
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo("ai_answer_invalid"));
    assertThat(effects()).as("questions").isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"length, ai_not_finished", "content_filter, ai_not_finished", "'', ai_not_finished"})
  void takes_no_answer_that_was_not_finished(String finishReason, String code) {
    model.answer(new Answer(200, ModelFake.completion("c-1", "Once upon", finishReason)));

    assertThat(asked())
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo(code));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "<html>hello</html>|ai_answer_malformed",
        "{}|ai_answer_malformed",
        "{\"choices\":[]}|ai_answer_malformed",
        "{\"choices\":[7]}|ai_answer_malformed",
        "{\"choices\":[{\"message\":{},\"finish_reason\":\"stop\"}]}|ai_no_answer",
      })
  void does_not_guess_what_an_odd_answer_means(String body, String code) {
    model.answer(new Answer(200, body));

    assertThat(asked())
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo(code));
  }

  @Test
  void does_without_an_id_and_a_count() {
    model.answer(
        new Answer(
            200,
            "{\"choices\":[{\"message\":{\"content\":\"Aye.\"},\"finish_reason\":\"stop\"}]}"));

    AdapterOutcome outcome = asked();

    assertThat(effect(outcome)).isEqualTo("ai-fedcore-01900000-0000-7000-8000-000000000001-act-1");
    assertThat(json(output(outcome)))
        .isEqualTo(
            "{\"answer\":\"Aye.\",\"dry_run\":false,\"finish_reason\":\"stop\",\"usage\":null}");
  }

  @ParameterizedTest
  @CsvSource({
    "400, Rejected, ai_refused",
    "401, Rejected, ai_not_authorised",
    "403, Rejected, ai_not_authorised",
    "404, Rejected, ai_refused",
    "422, Rejected, ai_refused",
    "302, Rejected, ai_refused",
    "408, NotNow,   ai_later",
    "409, NotNow,   ai_later",
    "429, NotNow,   ai_later",
    "500, NotNow,   ai_later",
    "503, NotNow,   ai_later",
  })
  void judges_an_error_by_its_status(int status, String outcome, String code) {
    model.answer(new Answer(status, ModelFake.error("no")));

    AdapterOutcome judged = asked();

    assertThat(judged.getClass().getSimpleName()).isEqualTo(outcome);
    assertThat(judged.toString()).contains(code, "status " + status + ": no");
  }

  @Test
  void waits_so_long_for_an_answer_and_then_is_in_doubt() {
    model.line(Line.SILENT);
    Adapter impatient = adapter(Map.of(), Duration.ofMillis(300), journal(), office);

    assertThat(asked(impatient, 1, parameters(1))).isInstanceOf(InDoubt.class);
  }

  @Test
  void records_question_and_answer_byte_by_byte_and_no_key() throws IOException {
    asked();

    Path records = directory().resolve("ai-records");
    String name = "fedcore-01900000-0000-7000-8000-000000000001-act-1";
    assertThat(Files.readString(records.resolve(name + ".request.json")))
        .isEqualTo(model.taken().getFirst())
        .doesNotContain(SECRET);
    assertThat(Files.readString(records.resolve(name + ".response.json")))
        .isEqualTo(ModelFake.completion("chatcmpl-1", "Aye.", "stop"));
  }

  @Test
  void replays_what_was_recorded_without_asking() {
    AdapterOutcome first = asked();
    model.words("Nay.");
    Adapter replaying = adapterWithEnvironment("AI_REPLAY", "true");

    AdapterOutcome second = asked(replaying, 2, parameters(1));

    assertThat(second).isEqualTo(first);
    assertThat(effects()).as("questions").isEqualTo(1);
  }

  @Test
  void forgets_what_a_run_asked_and_was_answered_and_nothing_of_another() throws IOException {
    asked();
    asked(adapter(), 2, parameters(2));

    AiAdapter.forget(directory(), List.of(Permit.effectKeyPrefix(run(1))));

    try (Stream<Path> files = Files.walk(directory().resolve("ai-records"))) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .hasSize(3)
          .noneMatch(name -> name.contains(run(1).toString()));
    }
    Adapter replaying = adapterWithEnvironment("AI_REPLAY", "true");
    assertThat(asked(replaying, 3, parameters(1))).isInstanceOf(Rejected.class);
    assertThat(asked(replaying, 4, parameters(2))).isInstanceOf(Done.class);
  }

  /// A folder of a thousand files is looked through once, not once for each of a thousand runs.
  @Test
  void looks_for_all_runs_at_once_when_it_forgets() throws IOException {
    Path folder = Files.createDirectories(directory().resolve("ai-records"));
    for (int i = 0; i < 1_000; i++) {
      Files.createFile(folder.resolve("fedcore-other-" + i + "-1.response.json"));
    }
    List<String> prefixes =
        IntStream.rangeClosed(1, 1_000).mapToObj(i -> Permit.effectKeyPrefix(run(i))).toList();

    long allocated = Allocation.of(() -> AiAdapter.forget(directory(), prefixes));

    assertThat(allocated).isLessThan(10_000_000);
  }

  @Test
  void replays_nothing_that_was_not_recorded() {
    Adapter replaying = adapterWithEnvironment("AI_REPLAY", "true");

    assertThat(asked(replaying, 1, parameters(1)))
        .isEqualTo(new Rejected("ai_not_recorded", "no record answers this very request"));
    assertThat(effects()).as("questions").isZero();
  }

  @Test
  void asks_nothing_more_once_the_days_tokens_are_used_up() {
    // A question takes 37 + 1,024 tokens at most, and costs 21: the second still fits, not the 3rd.
    Adapter thrifty = adapterWithEnvironment("AI_TOKENS_PER_DAY", "1090");
    assertThat(asked(thrifty, 1, parameters(1))).isInstanceOf(Done.class);
    assertThat(asked(thrifty, 2, parameters(1))).isInstanceOf(Done.class);

    assertThat(asked(thrifty, 3, parameters(1)))
        .isEqualTo(
            new NotNow(
                "ai_budget_exhausted",
                "at most 1,090 tokens a day may be used, and too few are left until midnight UTC"));
    assertThat(effects()).as("questions").isEqualTo(2);

    now.set(NOON.plus(Duration.ofHours(12)));
    assertThat(asked(thrifty, 4, parameters(1))).as("on the next day").isInstanceOf(Done.class);
  }

  @Test
  void remembers_after_a_restart_what_is_used_up() {
    Adapter thrifty = adapterWithEnvironment("AI_TOKENS_PER_DAY", "1070");
    assertThat(asked(thrifty, 1, parameters(1))).isInstanceOf(Done.class);

    restart();

    assertThat(asked(adapterWithEnvironment("AI_TOKENS_PER_DAY", "1070"), 2, parameters(1)))
        .isInstanceOf(NotNow.class);
  }

  @Test
  void gives_back_the_tokens_of_a_question_that_was_refused() {
    Adapter thrifty = adapterWithEnvironment("AI_TOKENS_PER_DAY", "1070");
    model.answer(new Answer(400, ModelFake.error("no")));
    asked(thrifty, 1, parameters(1));
    model.answer(new Answer(200, ""));

    assertThat(asked(thrifty, 2, parameters(1))).isInstanceOf(Done.class);
  }

  @Test
  void gives_back_no_tokens_of_a_question_whose_answer_was_lost() {
    Adapter thrifty = adapterWithEnvironment("AI_TOKENS_PER_DAY", "1070");
    model.line(Line.CUT);
    asked(thrifty, 1, parameters(1));
    model.line(Line.WHOLE);

    assertThat(asked(thrifty, 2, parameters(1))).isInstanceOf(NotNow.class);
  }
}
