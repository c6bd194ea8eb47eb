package dev.fedcore.pillars.core;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.pillars.core.agent.Decision;
import dev.fedcore.pillars.core.agent.Fields;
import java.util.Locale;
import java.util.TreeMap;

/// The documents that a decision becomes: what the user is told, and what the Executor is.
final class TaskAnswer {

  private TaskAnswer() {}

  /// What became of the decision, at the time of the answer. Nothing is done yet in any of them.
  enum Progress {
    /// Handed on to be sent to the Executor.
    ACCEPTED,
    NOT_NEEDED,
    /// The user must say more.
    UNCLEAR,
    /// Workflows are switched off.
    DISABLED;

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What the user is told.
  static JsonObject of(
      String taskId, String agent, String userId, Decision decision, Progress progress) {
    var output =
        JsonObject.builder()
            .put("agent", agent)
            .put("decision", decision.text())
            .put("requires_workflow", decision instanceof Decision.Workflow)
            .put("message", message(decision, progress));
    if (decision instanceof Decision.Workflow action) {
      output
          .put("workflow_action_type", action.type().text())
          .put("workflow_payload", payload(userId, action));
    }
    return JsonObject.builder()
        .put("task_id", taskId)
        .put("trace_id", taskId)
        .put("status", "success")
        .put("agent_output", output.build())
        .put("workflow", progress.text())
        .build();
  }

  private static String message(Decision decision, Progress progress) {
    return switch (decision) {
      case Decision.Ask(String question) -> question;
      case Decision.NoWorkflow(String reason) -> reason;
      case Decision.Workflow(var type, var fields) ->
          progress == Progress.ACCEPTED
              ? "accepted, not yet done: %s".formatted(what(type.text(), fields))
              : "understood, and nothing is done, as workflows are switched off: %s"
                  .formatted(what(type.text(), fields));
    };
  }

  private static String what(String type, Fields fields) {
    String to = fields.text("recipient");
    return to.isEmpty() ? type : "%s to %s".formatted(type, to);
  }

  /// What the Executor is sent.
  static JsonObject order(String taskId, String userId, Decision.Workflow action) {
    return JsonObject.builder()
        .put("trace_id", taskId)
        .put("decision", "workflow")
        .put(
            "data",
            JsonObject.builder()
                .put("workflow_type", "workflow")
                .put("payload", payload(userId, action))
                .build())
        .build();
  }

  private static JsonObject payload(String userId, Decision.Workflow action) {
    var payload =
        JsonObject.builder().put("action_type", action.type().text()).put("user_id", userId);
    new TreeMap<>(action.fields().texts()).forEach(payload::put);
    return payload.build();
  }
}
