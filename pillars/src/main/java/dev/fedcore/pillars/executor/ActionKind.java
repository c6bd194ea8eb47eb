package dev.fedcore.pillars.executor;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;

/// The four actions, in the words of the executor's contract.
enum ActionKind {
  TASK("task_id", "created_at", "task_status", "CREATED"),
  WHATSAPP("whatsapp_message_id", "sent_at", "status", "SENT"),
  EMAIL("message_id", "sent_at", "status", "SENT"),
  AI("request_id", "requested_at", "health", "OK");

  private final String idName;
  private final String timeName;
  private final String stateName;
  private final String stateDone;

  ActionKind(String idName, String timeName, String stateName, String stateDone) {
    this.idName = idName;
    this.timeName = timeName;
    this.stateName = stateName;
    this.stateDone = stateDone;
  }

  static Optional<ActionKind> of(String actionType) {
    return EnumSet.allOf(ActionKind.class).stream()
        .filter(kind -> kind.actionType().equals(actionType))
        .findFirst();
  }

  String actionType() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What the effect's name at the receiver is called.
  String idName() {
    return idName;
  }

  /// What the time of the effect is called.
  String timeName() {
    return timeName;
  }

  String stateName() {
    return stateName;
  }

  /// The state of an action that was done for real.
  String stateDone() {
    return stateDone;
  }

  /// The code of a request that lacks `field`, such as `missing_recipient`.
  String missing(String field) {
    return this == TASK ? "missing_task_" + field : "missing_" + field;
  }
}
