package dev.fedcore.pillars.core.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.fedcore.pillars.core.agent.Decision;
import dev.fedcore.pillars.core.agent.Fields;
import dev.fedcore.testing.ForAll;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IntentEngineTest {

  private static final List<String> PIECES =
      List.of(
          "create a task",
          "to",
          "email",
          "ops@example.org",
          "that",
          "\"",
          "'",
          "saying",
          "and",
          "not",
          "+4915112345678",
          "whatsapp",
          ".",
          ",",
          ":",
          "subject",
          "body",
          "please",
          "don't",
          "if",
          "the build is red",
          "ask the AI",
          "?",
          "\n",
          "Ünï",
          "😀");

  /// A quarter of what threads have.
  private static final int STACK_BYTES = 256 << 10;

  private final IntentEngine engine = new IntentEngine();

  @Test
  void the_users_words_of_the_integration_document_become_its_task() {
    var decision = (Decision.Workflow) decide("Create a task to review code");

    assertThat(decision.type().text()).isEqualTo("task");
    assertThat(decision.fields().text("title")).isEqualTo("Review code");
  }

  @Test
  void whatever_is_decided_has_sound_fields_and_is_decided_again() {
    ForAll.values(
        3_000,
        IntentEngineTest::jumble,
        text -> {
          Decision decision = decide(text);
          assertThat(decide(text)).isEqualTo(decision);
          if (decision instanceof Decision.Workflow(var type, Fields fields)) {
            assertThat(fields.problem(type)).isEmpty();
          }
        });
  }

  private static String jumble(RandomGenerator random) {
    var text = new StringBuilder();
    int pieces = random.nextInt(1, 16);
    for (int i = 0; i < pieces; i++) {
      text.append(PIECES.get(random.nextInt(PIECES.size())))
          .append(random.nextInt(6) > 0 ? " " : "");
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "ok ",
        "please ",
        "create a task to ",
        "email ops@example.org and ",
        "to a@b.cc ",
        "\"",
        "1 ",
        "a. ",
        "a@",
        "send an email saying x to ",
        "(((",
        "with subject a body ",
        "\n",
        "don't ",
        "whatsapp +49 1 ",
        "if create ",
        ", so email "
      })
  void a_long_text_of_any_kind_is_read_quickly(String piece) {
    String text = piece.repeat(IntentEngine.TEXT_LENGTH_MAX / piece.length());

    assertTimeoutPreemptively(Duration.ofSeconds(10), () -> assertThat(decide(text)).isNotNull());
  }

  @Test
  void an_order_is_looked_for_in_the_first_places_of_a_sentence() {
    String order = " and email ops@example.org that the build is red";
    String none = " and send nothing";

    assertThat(decide("work" + none.repeat(IntentEngine.PLACES_MAX - 1) + order))
        .isInstanceOf(Decision.Workflow.class);
    assertThat(decide("work" + none.repeat(IntentEngine.PLACES_MAX) + order))
        .isInstanceOf(Decision.NoWorkflow.class);
  }

  @Test
  void an_order_with_more_behind_it_than_is_looked_at_is_asked_back() {
    String order = "email ops@example.org that the build is red";
    String none = " and send nothing";

    assertThat(decide(order + none.repeat(IntentEngine.PLACES_MAX)))
        .isInstanceOf(Decision.Workflow.class);
    assertThat(decide(order + none.repeat(IntentEngine.PLACES_MAX + 1)))
        .isInstanceOf(Decision.Ask.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "create a task to rest|, please",
        "email ops@example.org that all is well| thanks",
        "send a |new ",
        "could you| please",
        "work, |so ",
        "work and |please ",
        "email ops@example.org |and ",
        "email ops@example.org saying x |and ",
        "tomorrow| morning",
        "please |also ",
      })
  void a_word_that_is_said_a_thousand_times_needs_no_deep_stack(String begin, String word)
      throws InterruptedException {
    String text =
        begin + word.repeat((IntentEngine.TEXT_LENGTH_MAX - begin.length()) / word.length());
    var decided = new AtomicReference<Decision>();
    var thread = new Thread(null, () -> decided.set(decide(text)), "small", STACK_BYTES);

    thread.start();
    thread.join();

    assertThat(decided.get()).isNotNull();
  }

  @Test
  void a_text_that_is_too_long_is_asked_back() {
    assertThat(decide("a".repeat(IntentEngine.TEXT_LENGTH_MAX + 1)))
        .isInstanceOf(Decision.Ask.class);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "+49 (151) 123-45678, +4915112345678",
    "0044 20 7946 0958, +442079460958",
    "+1.202.555.0143, +12025550143",
    "9876543210, ''",
    "+0 123 456 789, ''",
    "+1234567, ''"
  })
  void a_number_is_taken_with_its_country_code_only(String written, String number) {
    assertThat(Fields.phone(written).orElse("")).isEqualTo(number);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "ann@example.org, true",
    "o'neil+x@mail.example.co.uk, true",
    "ann@example, false",
    "ann..lee@example.org, false",
    "@example.org, false",
    "ann@example..org, false",
    "ann lee@example.org, false"
  })
  void an_address_is_one_or_none(String text, boolean address) {
    assertThat(Fields.isAddress(text)).isEqualTo(address);
  }

  private Decision decide(String text) {
    return engine.consider(text).orElseThrow();
  }
}
