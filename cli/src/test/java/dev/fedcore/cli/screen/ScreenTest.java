package dev.fedcore.cli.screen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.cli.client.JsonView;
import dev.fedcore.cli.terminal.Shell;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonReader;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScreenTest {

  private final Shell shell = new Shell(Path.of(""), Map.of(), () -> Shell.NOW, (_, _) -> 0);

  private static JsonView json(String text) {
    return new JsonView(JsonReader.readObject(text.getBytes(UTF_8), JsonLimits.DEFAULT));
  }

  private static final String GATE =
      """
      {"gate_id": "g-1", "run_id": "r-1", "status": "PENDING", "tier": 2, "gate_name": "step_3",
       "description": "", "action_hash": "ab", "requested_by": "ada", "required_approvers": [],
       "required_roles": ["approver"], "quorum": 2, "comment_required": true,
       "self_approval": "refused", "approved_by": ["bob"],
       "expires_at": "2026-03-04T08:26:07.000000Z"}
      """;

  private static final String SUBJECT =
      """
      {"type": "task", "parameters": {"title": "pay\\u202ethe rent", "amount_minor": 250000},
       "workflow_id": "w", "decision": {"decision": "flag", "policy_id": "p",
       "policy_version": "1", "reason": "a large amount", "rules_triggered": ["amount", "list"]}}
      """;

  @Test
  void a_gate_shows_what_why_who_until_when_and_what_to_type() {
    new GateScreen(shell.surroundings()).show(json(GATE), json(SUBJECT));

    assertThat(shell.out())
        .isEqualToNormalizingNewlines(
            """
            gate g-1  PENDING

            What will happen
              action         task
                title        pay\ufffdthe rent
                amount_minor 250000
              digest         ab

            Why it stopped
              tier           2
              reason         a large amount
              policy         p 1
              rules          amount, list

            Who
              asked by       ada
              workflow       w
              run            r-1
              may            approver; never the requester
              approved       1 of 2
              until          2026-03-04T08:26:07.000000Z (in 3 h 20 min); then it counts as rejected

            Type next
              fedcore gate approve g-1 --comment TEXT
              fedcore gate reject g-1 --reason TEXT
            """);
  }

  @Test
  void a_gate_without_a_known_action_shows_the_whole_input() {
    new GateScreen(shell.surroundings())
        .subject(json(GATE), json("{\"input_payload\": {\"a\": {\"b\": 1}}}"));

    assertThat(shell.out()).contains("no action is known").contains("{\"b\":1}");
  }

  @Test
  void runs_stand_in_columns_with_their_whole_ids() {
    var run =
        json(
            """
            {"run_id": "01900000-0000-7000-8000-000000000001", "status": "FAILED",
             "workflow_id": "w", "current_step": null, "actor_id": "ada",
             "created_at": "2026-03-04T05:06:00Z"}
            """);

    new RunScreen(shell.surroundings()).list(List.of(run));

    assertThat(shell.out())
        .isEqualToNormalizingNewlines(
            """
            RUN                                   STATUS  WORKFLOW  STEP  ACTOR  CREATED
            01900000-0000-7000-8000-000000000001  FAILED  w         -     ada    7 s ago
            """);
  }

  @Test
  void a_run_shows_steps_decisions_receipts_and_the_last_entries() {
    var run =
        json(
            """
            {"run_id": "r", "status": "PAUSED", "paused_for": ["GATE"], "workflow_id": "w",
             "workflow_version": "1", "actor_id": "ada", "error_details": {},
             "steps": [{"step_id": "s1", "step_type": "DECIDE", "status": "COMPLETED",
               "attempt": 1, "started_at": "t", "receipt_hash": "c0ffee",
               "decision": {"decision": "flag", "tier": 2, "rules_triggered": ["big"]}}],
             "logs": [{"seq": 0, "event_type": "FC-RUN-001", "actor_id": "ada",
               "message": "created", "timestamp": "t0"}]}
            """);

    new RunScreen(shell.surroundings()).show(run);

    assertThat(shell.out())
        .contains("run r  PAUSED for GATE")
        .contains("s1    DECIDE  COMPLETED  1    flag tier 2  t        big")
        .contains("s1    c0ffee")
        .contains("0    FC-RUN-001  ada    created  t0");
  }
}
