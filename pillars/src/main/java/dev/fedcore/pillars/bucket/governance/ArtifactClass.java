package dev.fedcore.pillars.bucket.governance;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What can be kept, and what may be done to it. Only two classes may be updated; nothing is ever
/// deleted.
public enum ArtifactClass {
  METADATA,
  ARTIFACT_MANIFEST,
  AUDIT_ENTRY,
  AUDIT_LOG,
  AVATAR_CONFIG,
  PERSONA_CONFIG,
  MODEL_CHECKPOINT,
  ITERATION_HISTORY,
  EVENT_HISTORY,
  EDUCATIONAL_CONTENT,
  USER_PROGRESS,
  MONETIZATION_MARKER;

  private static final Set<ArtifactClass> UPDATABLE =
      EnumSet.of(AVATAR_CONFIG, EDUCATIONAL_CONTENT);

  /// The class of that name; empty if there is none, which is never taken for a new one.
  public static Optional<ArtifactClass> parse(String name) {
    for (ArtifactClass known : values()) {
      if (known.text().equals(name)) {
        return Optional.of(known);
      }
    }
    return Optional.empty();
  }

  /// Whether `operation` may be done to artifacts of this class.
  public boolean allows(Operation operation) {
    return switch (operation) {
      case CREATE, READ -> true;
      case UPDATE -> UPDATABLE.contains(this);
      case APPEND_AUDIT -> this == AUDIT_ENTRY || this == AUDIT_LOG;
      case APPROVE_INTEGRATION, MANAGE_GOVERNANCE, DELETE, MODIFY_SCHEMA, MODIFY_AUDIT -> false;
    };
  }

  /// Such as `audit_entry`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
