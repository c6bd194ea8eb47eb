package dev.fedcore.pillars.core.intent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.pillars.core.agent.Decision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// How well the built-in agent reads: every utterance with the decision, the action and the very
/// fields that a person expects. Holds the figures of `docs/core.md`.
class EvaluationTest {

  /// Utterances that were there while the rules were written.
  private static final String WRITTEN_WITH = "utterances-written-with.jsonl";

  /// Utterances that were written afterwards, and that no rule was changed for.
  private static final String HELD_OUT = "utterances-held-out.jsonl";

  /// The documented share of the held-out utterances that are read right, in percent.
  private static final double HELD_OUT_PERCENT = 88;

  /// One utterance, with what a person and what the agent makes of it.
  private record Read(String said, String expected, String found) {

    boolean isRight() {
      return found.equals(expected);
    }

    boolean isActionNobodyAskedFor() {
      return !isRight() && found.contains("{");
    }
  }

  @Test
  void all_utterances_that_the_rules_were_written_with_are_read_right() {
    assertThat(read(WRITTEN_WITH)).allMatch(Read::isRight);
  }

  @Test
  void held_out_utterances_are_read_as_well_as_documented() {
    List<Read> all = read(HELD_OUT);
    long right = all.stream().filter(Read::isRight).count();

    assertThat(right * 100.0 / all.size()).isGreaterThanOrEqualTo(HELD_OUT_PERCENT);
  }

  @Test
  void no_utterance_leads_to_an_action_that_is_not_asked_for() {
    assertThat(Stream.of(WRITTEN_WITH, HELD_OUT).flatMap(file -> read(file).stream()))
        .noneMatch(Read::isActionNobodyAskedFor);
  }

  @Test
  void there_are_enough_utterances_of_each_kind() {
    List<Read> all =
        Stream.of(WRITTEN_WITH, HELD_OUT).flatMap(file -> read(file).stream()).toList();

    assertThat(all).hasSizeGreaterThanOrEqualTo(300).doesNotHaveDuplicates();
    assertThat(all)
        .filteredOn(read -> read.expected().equals("no_workflow"))
        .hasSizeGreaterThanOrEqualTo(80);
    assertThat(all)
        .filteredOn(read -> read.expected().equals("ask"))
        .hasSizeGreaterThanOrEqualTo(50);
    for (String action : List.of("task", "email", "whatsapp", "ai")) {
      assertThat(all)
          .filteredOn(read -> read.expected().startsWith(action + " "))
          .hasSizeGreaterThanOrEqualTo(20);
    }
  }

  private static List<Read> read(String file) {
    try (var stream = Objects.requireNonNull(EvaluationTest.class.getResourceAsStream(file))) {
      return new String(stream.readAllBytes(), UTF_8).lines().map(EvaluationTest::line).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Read line(String line) {
    var fields = JsonFields.of(JsonReader.readObject(line.getBytes(UTF_8), JsonLimits.DEFAULT), "");
    String said = fields.string("say");
    String expect = fields.string("expect");
    JsonObject wanted = fields.optionalObject("fields").orElse(JsonObject.EMPTY);
    String action = fields.optionalString("action").orElse("");
    fields.end();
    String expected =
        expect.equals("workflow")
            ? action + " " + new String(wanted.canonicalBytes(), UTF_8)
            : expect;
    return new Read(said, expected, shown(new IntentEngine().consider(said).orElseThrow()));
  }

  private static String shown(Decision decision) {
    return switch (decision) {
      case Decision.Workflow(var type, var fields) ->
          type.text() + " " + new String(fields.json().canonicalBytes(), UTF_8);
      case Decision.NoWorkflow _, Decision.Ask _ -> decision.text();
    };
  }
}
