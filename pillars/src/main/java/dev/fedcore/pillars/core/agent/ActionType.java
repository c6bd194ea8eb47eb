package dev.fedcore.pillars.core.agent;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What a workflow can do, and the fields of its payload: those of the Workflow Executor.
public enum ActionType {
  TASK,
  EMAIL,
  WHATSAPP,
  AI;

  /// The action that is written like this.
  public static Optional<ActionType> named(String text) {
    return Arrays.stream(values()).filter(type -> type.text().equals(text)).findFirst();
  }

  /// Such as `task`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public List<String> required() {
    return switch (this) {
      case TASK -> List.of("title");
      case EMAIL -> List.of("recipient", "subject", "body");
      case WHATSAPP -> List.of("recipient", "message");
      case AI -> List.of("prompt");
    };
  }

  /// Every field, the required ones first.
  public List<String> fields() {
    return this == TASK ? List.of("title", "description") : required();
  }
}
