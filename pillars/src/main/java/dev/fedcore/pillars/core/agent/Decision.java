package dev.fedcore.pillars.core.agent;

/// What an agent made of a user's words.
public sealed interface Decision {

  /// One action is asked for, with all that it needs.
  record Workflow(ActionType type, Fields fields) implements Decision {}

  /// Nothing is asked for that a workflow does.
  record NoWorkflow(String reason) implements Decision {}

  /// Something is asked for, but not clearly enough to act on.
  ///
  /// @param question what the user should say
  record Ask(String question) implements Decision {}

  /// `workflow`, `no_workflow` or `ask`.
  default String text() {
    return switch (this) {
      case Workflow _ -> "workflow";
      case NoWorkflow _ -> "no_workflow";
      case Ask _ -> "ask";
    };
  }
}
