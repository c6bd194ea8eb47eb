package dev.fedcore.engine.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.kernel.workflow.Execution;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DefinitionReaderTest {

  private static final String ACT =
      "{'id': 'act', 'type': 'ACT', 'action': {'type': 'task', 'parameters': %s}}";
  private static final String OBSERVE =
      "{'id': 'look', 'type': 'OBSERVE', 'observe': {'source': 'registry'}}";

  @Test
  void reads_every_type_of_step() {
    WorkflowDefinition definition =
        read(
            OBSERVE,
            "{'id': 'decide', 'type': 'decide'}",
            "{'id': 'gate', 'type': 'GATE'}",
            ACT.formatted("{'a': '$/steps/look/output/x', 'b': '$/input/y?', 'c': ['$$/z']}"),
            "{'id': 'sum', 'type': 'TRANSFORM', 'transform': {'collect': ['look', 'act']}}");

    assertThat(definition.steps())
        .extracting(step -> step.getClass().getSimpleName())
        .containsExactly("Observe", "Decide", "Gate", "Act", "Transform");
    assertThat(definition.execution()).isEqualTo(Execution.MANAGED);
  }

  @Test
  void has_the_same_hash_however_the_document_is_written() {
    JsonObject one = json("{'a': 1, 'b': [2]}".replace('\'', '"'));
    JsonObject other = json("{ 'b' : [ 2.0 ], 'a' : 1 }".replace('\'', '"'));

    assertThat(one.canonicalBytes()).isEqualTo(other.canonicalBytes());
    assertThat(read(OBSERVE).ref().hash()).isEqualTo(read(" " + OBSERVE + " ").ref().hash());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/apiVersion     | {'apiVersion': 'v0', 'id': 'w', 'version': '1', 'steps': []}",
        "/id             | {'apiVersion': '#', 'id': 'a b', 'version': '1', 'steps': []}",
        "/version        | {'apiVersion': '#', 'id': 'w', 'version': '', 'steps': []}",
        "/steps          | {'apiVersion': '#', 'id': 'w', 'version': '1', 'steps': []}",
        "/steps          | {'apiVersion': '#', 'id': 'w', 'version': '1'}",
        "/steps/0        | {'apiVersion': '#', 'id': 'w', 'version': '1', 'steps': [1]}",
        "/colour         | {'apiVersion': '#', 'id': 'w', 'version': '1', 'colour': 1, 'steps':"
            + " [{'id': 's', 'type': 'OBSERVE', 'observe': {'source': 'r'}}]}",
        "/execution      | {'apiVersion': '#', 'id': 'w', 'version': '1', 'execution': 'soon',"
            + " 'steps': []}"
      })
  void points_at_what_is_wrong_with_the_document(String pointer, String document) {
    assertFault(pointer, document.replace("#", DefinitionReader.API_VERSION));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/steps/0/id                  | {'id': 'a b', 'type': 'DECIDE'}",
        "/steps/0/type                | {'id': 's', 'type': 'WAIT'}",
        "/steps/0/colour              | {'id': 's', 'type': 'DECIDE', 'colour': 1}",
        "/steps/0/observe             | {'id': 's', 'type': 'OBSERVE'}",
        "/steps/0/observe/source      | {'id': 's', 'type': 'OBSERVE', 'observe': {}}",
        "/steps/0/observe/colour      | {'id': 's', 'type': 'OBSERVE', 'observe': {'source': 'r',"
            + " 'colour': 1}}",
        "/steps/0/action              | {'id': 's', 'type': 'ACT'}",
        "/steps/0/action/parameters   | {'id': 's', 'type': 'ACT', 'action': {'type': 't',"
            + " 'parameters': 1}}",
        "/steps/0/transform           | {'id': 's', 'type': 'TRANSFORM'}",
        "/steps/0/transform/collect   | {'id': 's', 'type': 'TRANSFORM', 'transform': {'collect':"
            + " ['a b']}}",
        "/steps/0                     | {'id': 's', 'type': 'TRANSFORM', 'transform': {'collect':"
            + " ['later']}}",
        "/steps                       | {'id': 's', 'type': 'DECIDE'}",
        "/steps                       | {'id': 's', 'type': 'GATE'}",
        "/steps/0/action              | {'id': 's', 'type': 'ACT', 'action': {'type':"
            + " '$/steps/x/output/t'}}",
        "/steps/0/action              | {'id': 's', 'type': 'ACT', 'action': {'type':"
            + " '$/elsewhere'}}",
        "/steps/0                     | {'id': 's', 'type': 'OBSERVE', 'observe': {'source': 'r',"
            + " 'parameters': {'a': [{'b': '$/steps/s/output'}]}}}"
      })
  void points_at_what_is_wrong_with_a_step(String pointer, String step) {
    assertFault(pointer, document(step));
  }

  @Test
  void refuses_an_id_that_is_used_twice() {
    assertFault("/steps", document(OBSERVE, OBSERVE));
  }

  @Test
  void refuses_more_steps_than_a_plan_may_have() {
    String steps =
        IntStream.range(0, 257)
            .mapToObj(i -> OBSERVE.replace("look", "look-" + i))
            .collect(Collectors.joining(","));

    assertFault("/steps", document(steps));
  }

  @Test
  void refuses_what_an_action_takes_from_a_step_that_comes_after_it_was_asked_about() {
    assertFault(
        "/steps/2/action",
        document(
            "{'id': 'gate', 'type': 'GATE'}",
            OBSERVE,
            ACT.formatted("{'a': '$/steps/look/output/x'}")));
  }

  @Test
  void refuses_a_description_that_is_too_long() {
    assertFault(
        "/description",
        document(OBSERVE)
            .replace("'id': 'w'", "'id': 'w', 'description': '" + "x".repeat(2_001) + "'"));
  }

  private static WorkflowDefinition read(String... steps) {
    return DefinitionReader.read(json(document(steps).replace('\'', '"')), false);
  }

  private static String document(String... steps) {
    return "{'apiVersion': '%s', 'id': 'w', 'version': '1', 'steps': [%s]}"
        .formatted(DefinitionReader.API_VERSION, String.join(",", steps));
  }

  private static void assertFault(String pointer, String document) {
    JsonObject json = json(document.replace('\'', '"'));

    assertThatThrownBy(() -> DefinitionReader.read(json, false))
        .isInstanceOfSatisfying(
            MalformedInput.class,
            fault -> assertThat(fault.pointer()).as(fault.problem()).isEqualTo(pointer));
  }

  private static JsonObject json(String text) {
    return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }
}
