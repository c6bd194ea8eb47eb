package dev.fedcore.engine;

import static dev.fedcore.engine.EngineRig.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.engine.Definitions.Registration;
import dev.fedcore.engine.definition.WorkflowDefinition;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.run.RunStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DefinitionsTest {

  @Test
  void a_definition_is_registered_once_and_found_by_name_and_version() {
    try (var rig = EngineRig.started()) {
      assertThat(rig.definitions().register(ANN, document("w", "1.0.0", "one")))
          .isInstanceOf(Registration.Registered.class);

      assertThat(found(rig, Optional.of("1.0.0")))
          .hasValueSatisfying(d -> assertThat(d.description()).isEqualTo("one"));
      assertThat(found(rig, Optional.of("1.0.1"))).isEmpty();
      assertThat(rig.entries(StreamId.of(TenantId.DEFAULT)).getFirst().eventType())
          .isEqualTo("FC-DEFINITION-001");
    }
  }

  @Test
  void the_same_document_again_changes_nothing_and_another_is_a_conflict() {
    try (var rig = EngineRig.started()) {
      rig.definitions().register(ANN, document("w", "1.0.0", "one"));
      long size = rig.disk().size();

      assertThat(rig.definitions().register(ANN, document("w", "1.0.0", "one")))
          .isInstanceOf(Registration.AlreadyThere.class);
      assertThat(rig.definitions().register(ANN, document("w", "1.0.0", "other")))
          .isInstanceOf(Registration.Conflict.class);

      assertThat(rig.disk().size()).isEqualTo(size);
      assertThat(found(rig, Optional.empty()).orElseThrow().description()).isEqualTo("one");
    }
  }

  @Test
  void the_definitions_that_come_with_the_program_are_not_replaced() {
    try (var rig = EngineRig.started()) {
      assertThat(rig.definitions().register(ANN, document(EngineRig.SPINE, "1.0.0", "mine")))
          .isInstanceOf(Registration.Conflict.class);
    }
  }

  @Test
  void of_two_registrations_at_once_one_document_stays() throws Exception {
    try (var rig = EngineRig.started()) {
      var other = new AtomicReference<Optional<Registration>>(Optional.empty());
      Thread second =
          Thread.ofVirtual()
              .unstarted(() ->
                  other.set(
                      Optional.of(rig.definitions().register(ANN, document("w", "1", "other")))));
      rig.line().afterNextRecordRead(() -> hurry(second));

      Registration first = rig.definitions().register(ANN, document("w", "1", "one"));
      second.join();

      assertThat(first).isInstanceOf(Registration.Registered.class);
      assertThat(other.get()).containsInstanceOf(Registration.Conflict.class);
      assertThat(rig.disk().size()).isEqualTo(1);
    }
  }

  /// Lets `thread` go first, if it can; it need not get anywhere while somebody else registers.
  private static void hurry(Thread thread) {
    thread.start();
    try {
      thread.join(Duration.ofMillis(100));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void the_newest_version_is_the_highest_number_not_the_last_word() {
    try (var rig = EngineRig.started()) {
      for (String version : List.of("1.9.0", "1.10.0", "1.2.0", "1.10.0-rc.1")) {
        rig.definitions().register(ANN, document("w", version, version));
      }

      assertThat(found(rig, Optional.empty()).orElseThrow().ref().version()).isEqualTo("1.10.0");
    }
  }

  @Test
  void another_tenant_does_not_see_it() {
    try (var rig = EngineRig.started()) {
      rig.definitions().register(ANN, document("w", "1.0.0", "one"));

      assertThat(rig.definitions().find(EngineRig.EVE.tenant(), "w", Optional.empty())).isEmpty();
    }
  }

  @Test
  void it_is_there_after_a_restart_and_runs_go_on_with_it() {
    try (var rig = EngineRig.started()) {
      rig.definitions().register(ANN, document("w", "1.0.0", "one"));
      rig.restart();

      JsonObject input = EngineRig.task("flag", "done");
      RunId run =
          EngineRig.id(
              rig.service().create(ANN, EngineRig.wanted("w", input, true), Optional.empty()));
      rig.restart();

      assertThat(rig.done(EngineRig.BEN, run, GateTest.approve(rig, run)))
          .isEqualTo(RunStatus.COMPLETED);
    }
  }

  @Test
  void an_unknown_workflow_gets_an_external_definition_only_where_that_is_allowed() {
    try (var rig = EngineRig.started()) {
      var lenient = new Definitions(rig.disk(), rig.journal(), true);

      Optional<WorkflowDefinition> made =
          lenient.find(TenantId.DEFAULT, "unheard_of", Optional.empty());

      assertThat(made)
          .hasValueSatisfying(d -> {
            assertThat(d.execution().isManaged()).isFalse();
            assertThat(d.steps()).hasSize(1);
          });
      assertThat(rig.definitions().find(TenantId.DEFAULT, "unheard_of", Optional.empty()))
          .isEmpty();
    }
  }

  @Test
  void an_action_type_that_is_left_out_of_the_input_is_pointed_at() {
    try (var rig = EngineRig.started()) {
      JsonObject document =
          json(
              """
              {"apiVersion": "fedcore.workflow/v1", "id": "w", "version": "1", "steps": [
                {"id": "a", "type": "ACT",
                 "action": {"type": "$/input/type?", "parameters": {"title": "t"}}}]}
              """);
      rig.definitions().register(ANN, document);

      assertThatThrownBy(() ->
              rig.service()
                  .create(ANN, EngineRig.wanted("w", JsonObject.EMPTY, true), Optional.empty()))
          .isInstanceOfSatisfying(
              MalformedInput.class, e -> assertThat(e.pointer()).isEqualTo("/input_payload/type"));
    }
  }

  private static Optional<WorkflowDefinition> found(EngineRig rig, Optional<String> version) {
    return rig.definitions().find(TenantId.DEFAULT, "w", version);
  }

  private static JsonObject document(String id, String version, String description) {
    return json(
        """
        {"apiVersion": "fedcore.workflow/v1", "id": "%s", "version": "%s", "description": "%s",
         "steps": [
           {"id": "ask", "type": "GATE"},
           {"id": "do", "type": "ACT",
            "action": {"type": "task", "parameters": "$/input/action/parameters"}}]}
        """
            .formatted(id, version, description));
  }

  private static JsonObject json(String text) {
    return JsonReader.readObject(text.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT);
  }
}
