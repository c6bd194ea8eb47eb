package dev.fedcore.engine;

import static dev.fedcore.engine.EngineRig.ANN;
import static dev.fedcore.engine.EngineRig.SPINE;
import static dev.fedcore.engine.EngineRig.task;
import static dev.fedcore.engine.EngineRig.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.engine.CommandResult.Rejected;
import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.run.RunStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ManagedRunTest {

  private static final List<String> HAPPY_PATH =
      List.of(
          "FC-RUN-001",
          "FC-RUN-002",
          "FC-POLICY-001 step_1",
          "FC-STEP-001 step_1",
          "FC-STEP-002 step_1",
          "FC-POLICY-001 step_2",
          "FC-STEP-001 step_2",
          "FC-STEP-002 step_2",
          "FC-POLICY-001 step_3",
          "FC-STEP-001 step_3",
          "FC-STEP-002 step_3",
          "FC-POLICY-001 step_4",
          "FC-STEP-001 step_4",
          "FC-STEP-002 step_4",
          "FC-POLICY-001 step_5",
          "FC-STEP-001 step_5",
          "FC-STEP-002 step_5",
          "FC-RUN-002",
          "FC-RUN-003");

  @Nested
  class A_run_that_nothing_stands_in_the_way_of {

    @Test
    void writes_nineteen_entries_in_two_appends() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("allow", "done");

        assertThat(rig.status(run)).isEqualTo(RunStatus.COMPLETED);
        assertThat(rig.story(run)).isEqualTo(HAPPY_PATH);
        assertThat(rig.line().kept()).extracting(a -> a.entries().size()).containsExactly(13, 6);
        assertThat(rig.effects()).isEqualTo(1);
      }
    }

    @Test
    void gives_a_receipt_a_step_and_one_for_the_workflow() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("allow", "done");

        assertThat(rig.receipts(run))
            .extracting(r -> text(r, "_type").replaceAll(".*/([a-z-]+)/v[12]", "$1"))
            .containsExactly(
                "step-receipt",
                "step-receipt",
                "step-receipt",
                "step-receipt",
                "step-receipt",
                "workflow-receipt");
      }
    }

    @Test
    void is_shown_with_all_that_was_done() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("allow", "done");
        JsonObject view = rig.view(run);

        assertThat(text(view, "status")).isEqualTo("COMPLETED");
        assertThat(text(view, "actor_id")).isEqualTo("ann");
        assertThat(text(view, "correlation_id")).isEqualTo("case-1");
        assertThat(text(view, "workflow_id")).isEqualTo(SPINE);
        assertThat(text(view, "created_at")).isEqualTo("2026-01-01T12:00:00.000000Z");
        assertThat(text(view, "completed_at")).isEqualTo("2026-01-01T12:00:00.000000Z");
        assertThat(view.get("current_step")).contains(JsonNull.NULL);
        assertThat(text(view, "workflow_receipt_hash"))
            .isEqualTo(rig.disk().receipts(run).getLast().hash());
        assertThat(text(view, "audit_head"))
            .isEqualTo(
                rig.disk()
                    .last(rig.line().kept().getLast().stream())
                    .orElseThrow()
                    .document()
                    .hash());
        assertThat(steps(view)).hasSize(5).allMatch(s -> text(s, "status").equals("COMPLETED"));
        assertThat(text(steps(view).get(3), "effect_ref")).startsWith("T-fedcore-" + run);
        assertThat(view.get("output_payload")).isEqualTo(steps(view).getLast().get("output"));
      }
    }

    @Test
    void tells_the_outbox_of_every_entry_in_order() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("allow", "done");

        assertThat(rig.disk().outbox("bucket", 100))
            .extracting(OutboxMessage::id)
            .hasSize(HAPPY_PATH.size())
            .startsWith(run + ":0:bucket", run + ":1:bucket")
            .endsWith(run + ":18:bucket");
      }
    }

    @Test
    void has_the_same_hashes_as_another_that_did_the_same() {
      try (var rig = EngineRig.started()) {
        RunId one = rig.run("allow", "done");
        rig.advance(Duration.ofDays(3));
        RunId other = rig.run("allow", "done");

        assertThat(other).isNotEqualTo(one);
        assertThat(text(rig.view(other), "workflow_hash"))
            .isEqualTo(text(rig.view(one), "workflow_hash"));
        for (int i = 0; i < 5; i++) {
          JsonObject first = steps(rig.view(one)).get(i);
          JsonObject second = steps(rig.view(other)).get(i);
          assertThat(text(second, "step_hash")).isEqualTo(text(first, "step_hash"));
          assertThat(text(second, "receipt_hash")).isNotEqualTo(text(first, "receipt_hash"));
        }
      }
    }

    @Test
    void has_another_hash_than_one_that_did_something_else() {
      try (var rig = EngineRig.started()) {
        RunId one = rig.run("allow", "done");
        RunId other = rig.run("allow,allow", "done");

        assertThat(text(rig.view(other), "workflow_hash"))
            .isNotEqualTo(text(rig.view(one), "workflow_hash"));
      }
    }
  }

  @Nested
  class A_denied_run {

    @Test
    void ends_at_the_step_and_does_nothing_after_it() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("deny@step_2", "done");

        assertThat(rig.status(run)).isEqualTo(RunStatus.FAILED);
        assertThat(rig.story(run))
            .containsExactly(
                "FC-RUN-001",
                "FC-RUN-002",
                "FC-POLICY-001 step_1",
                "FC-STEP-001 step_1",
                "FC-STEP-002 step_1",
                "FC-POLICY-001 step_2",
                "FC-STEP-004 step_2",
                "FC-RUN-002",
                "FC-RUN-003");
        assertThat(rig.effects()).isZero();
        assertThat(steps(rig.view(run)))
            .extracting(s -> text(s, "status"))
            .containsExactly("COMPLETED", "DENIED", "PENDING", "PENDING", "PENDING");
      }
    }

    @Test
    void is_never_tried_again() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("deny@step_4", "done");

        assertThat(rig.refused(ANN, run, new Request.Retry(Optional.empty())).toString())
            .contains("NotRetryable", "step_4", "DENIED");
        assertThat(rig.effects()).isZero();
      }
    }

    @Test
    void is_what_becomes_of_a_fault_in_policy() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("fault@step_4", "done");

        assertThat(rig.status(run)).isEqualTo(RunStatus.FAILED);
        assertThat(rig.story(run)).contains("FC-STEP-004 step_4");
        assertThat(rig.effects()).isZero();
      }
    }
  }

  @Nested
  class A_mistake_in_the_request {

    @Test
    void in_a_parameter_is_heard_of_at_once_and_nothing_is_kept() {
      try (var rig = EngineRig.started()) {
        JsonObject input = task("allow", "juggle");

        assertThatThrownBy(
                () -> rig.service().create(ANN, wanted(SPINE, input, true), Optional.empty()))
            .isInstanceOfSatisfying(
                MalformedInput.class,
                e -> assertThat(e.pointer()).isEqualTo("/input_payload/action/parameters/behave"));
        assertThat(rig.disk().size()).isZero();
      }
    }

    @Test
    void that_leaves_the_action_out_points_at_what_is_missing() {
      try (var rig = EngineRig.started()) {
        assertThatThrownBy(() ->
                rig.service().create(ANN, wanted(SPINE, JsonObject.EMPTY, true), Optional.empty()))
            .isInstanceOfSatisfying(
                MalformedInput.class,
                e -> assertThat(e.pointer()).startsWith("/input_payload/action"));
        assertThat(rig.disk().size()).isZero();
      }
    }

    @Test
    void that_names_no_adapter_lists_those_there_are() {
      try (var rig = EngineRig.started()) {
        JsonObject input =
            JsonObject.builder()
                .put("action_type", "rocket")
                .put("parameters", JsonObject.EMPTY)
                .build();

        assertThatThrownBy(() ->
                rig.service().create(ANN, wanted("executor_action", input, true), Optional.empty()))
            .hasMessageContaining("known: task")
            .isInstanceOfSatisfying(
                MalformedInput.class,
                e -> assertThat(e.pointer()).isEqualTo("/input_payload/action_type"));
      }
    }

    @Test
    void in_the_name_of_the_workflow_lists_those_there_are() {
      try (var rig = EngineRig.started()) {
        CommandResult result =
            rig.service().create(ANN, wanted("nothing", JsonObject.EMPTY, true), Optional.empty());

        assertThat(result)
            .isEqualTo(
                new Rejected(
                    new Rejection.UnknownWorkflow(
                        "nothing", "any", List.of("executor_action", SPINE))));
      }
    }
  }

  @Test
  void a_fault_of_an_observer_fails_its_step() {
    try (var rig = EngineRig.started()) {
      JsonObject input = task("allow", "done").with("capability", new JsonString("fault"));

      RunId run =
          EngineRig.id(rig.service().create(ANN, wanted(SPINE, input, true), Optional.empty()));

      assertThat(rig.status(run)).isEqualTo(RunStatus.FAILED);
      assertThat(rig.story(run)).endsWith("FC-STEP-003 step_1", "FC-RUN-002", "FC-RUN-003");
    }
  }

  @Test
  void runs_wait_for_their_start_unless_it_is_asked_for() {
    try (var rig = EngineRig.started()) {
      RunId run =
          EngineRig.id(
              rig.service()
                  .create(ANN, wanted(SPINE, task("allow", "done"), false), Optional.empty()));
      assertThat(rig.status(run)).isEqualTo(RunStatus.PENDING);
      assertThat(rig.effects()).isZero();

      assertThat(rig.done(ANN, run, new Request.Start())).isEqualTo(RunStatus.COMPLETED);

      assertThat(rig.story(run)).isEqualTo(HAPPY_PATH);
      assertThat(rig.refused(ANN, run, new Request.Start()).toString()).contains("COMPLETED");
    }
  }

  private static String text(JsonObject json, String name) {
    return json.get(name)
        .flatMap(v -> v instanceof JsonString s ? Optional.of(s.value()) : Optional.empty())
        .orElse("");
  }

  private static List<JsonObject> steps(JsonObject view) {
    List<JsonValue> items = new JsonArray(JsonFields.of(view, "").array("steps")).items();
    return items.stream().map(JsonObject.class::cast).toList();
  }
}
