package dev.fedcore.pillars.bucket.governance;

import java.util.Locale;
import java.util.Optional;

/// What can be asked of Bucket. Some of it nobody may do, whoever it is.
public enum Operation {
  CREATE(false),
  READ(false),
  APPEND_AUDIT(false),
  APPROVE_INTEGRATION(false),
  MANAGE_GOVERNANCE(false),
  UPDATE(true),
  DELETE(true),
  MODIFY_SCHEMA(true),
  MODIFY_AUDIT(true);

  private final boolean forbidden;

  Operation(boolean forbidden) {
    this.forbidden = forbidden;
  }

  /// Whether the constitution forbids it to everybody.
  public boolean isForbidden() {
    return forbidden;
  }

  /// The operation of that name, in any case; `WRITE` is `CREATE`, for the old documents use both.
  public static Optional<Operation> parse(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (upper.equals("WRITE")) {
      return Optional.of(CREATE);
    }
    for (Operation operation : values()) {
      if (operation.name().equals(upper)) {
        return Optional.of(operation);
      }
    }
    return Optional.empty();
  }
}
