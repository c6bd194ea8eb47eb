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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// How well the built-in agent reads: every utterance with the decision, the action and the very
/// fields that a person expects. The documented figures are held here.
class EvaluationTest {

  /// Utterances that were there while the rules were written.
  private static final String WRITTEN_WITH = "utterances-written-with.jsonl";

  /// @param say what the user says
  private record Utterance(String say, String expected) {}

  @Test
  void all_utterances_that_the_rules_were_written_with_are_read_right() {
    assertThat(wrong(WRITTEN_WITH)).isEmpty();
  }

  private static List<String> wrong(String file) {
    var wrong = new ArrayList<String>();
    for (Utterance utterance : utterances(file)) {
      String found = shown(new IntentEngine().consider(utterance.say()).orElseThrow());
      if (!found.equals(utterance.expected())) {
        wrong.add(
            "%n  %s%n    expected %s%n    found    %s"
                .formatted(utterance.say(), utterance.expected(), found));
      }
    }
    return wrong;
  }

  private static String shown(Decision decision) {
    return switch (decision) {
      case Decision.Workflow(var type, var fields) ->
          type.text() + " " + new String(fields.json().canonicalBytes(), UTF_8);
      case Decision.NoWorkflow _, Decision.Ask _ -> decision.text();
    };
  }

  private static List<Utterance> utterances(String file) {
    try (var stream = Objects.requireNonNull(EvaluationTest.class.getResourceAsStream(file))) {
      return new String(stream.readAllBytes(), UTF_8).lines().map(EvaluationTest::read).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Utterance read(String line) {
    var fields = JsonFields.of(JsonReader.readObject(line.getBytes(UTF_8), JsonLimits.DEFAULT), "");
    String say = fields.string("say");
    String expect = fields.string("expect");
    JsonObject wanted = fields.optionalObject("fields").orElse(JsonObject.EMPTY);
    String expected =
        expect.equals("workflow")
            ? fields.string("action") + " " + new String(wanted.canonicalBytes(), UTF_8)
            : expect;
    fields.end();
    return new Utterance(say, expected);
  }
}
