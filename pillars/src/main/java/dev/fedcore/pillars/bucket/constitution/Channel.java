package dev.fedcore.pillars.bucket.constitution;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The ways between Core and Bucket, and what a document on each must have.
public enum Channel {
  ARTIFACT_WRITE(true),
  METADATA_QUERY(true),
  AUDIT_APPEND(true),
  RETENTION_REQUEST(true),
  ARTIFACT_READ(false),
  QUERY_RESULT(false),
  AUDIT_CONFIRMATION(false),
  RETENTION_STATUS(false),
  PROVENANCE_DATA(false);

  private final boolean inward;

  Channel(boolean inward) {
    this.inward = inward;
  }

  /// What a required member holds.
  private enum Kind {
    TEXT,
    OBJECT,
    ARRAY
  }

  private record Member(String name, Kind kind) {}

  /// The channel of that name in that direction.
  public static Optional<Channel> parse(String name, boolean inward) {
    return Arrays.stream(values())
        .filter(channel -> channel.inward == inward && channel.text().equals(name))
        .findFirst();
  }

  /// The names of the channels in one direction.
  public static List<String> names(boolean inward) {
    return Arrays.stream(values()).filter(c -> c.inward == inward).map(Channel::text).toList();
  }

  /// Such as `artifact_write`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What is wrong with a document on this channel; empty when it may pass.
  public List<Violation> violations(JsonObject document) {
    var found = new ArrayList<Violation>();
    for (Member member : members()) {
      Optional<JsonValue> value = document.get(member.name());
      if (value.isEmpty()) {
        found.add(
            new Violation(ViolationType.MISSING_REQUIRED_FIELD, member.name() + " is missing"));
      } else if (!fits(member.kind(), value.get())) {
        found.add(
            new Violation(
                ViolationType.INVALID_DATA_TYPE,
                "%s is %s".formatted(member.name(), value.get().kind())));
      }
    }
    if (isClosed()) {
      document.members().keySet().stream()
          .filter(name -> members().stream().noneMatch(member -> member.name().equals(name)))
          .forEach(name ->
              found.add(
                  new Violation(
                      ViolationType.UNAUTHORIZED_FIELD, name + " is not for this channel")));
    }
    return List.copyOf(found);
  }

  private static boolean fits(Kind kind, JsonValue value) {
    return switch (kind) {
      case TEXT -> value instanceof JsonString;
      case OBJECT -> value instanceof JsonObject;
      case ARRAY -> value instanceof JsonArray;
    };
  }

  /// Whether nothing but the required members may be there.
  private boolean isClosed() {
    return this == METADATA_QUERY || this == RETENTION_REQUEST;
  }

  private List<Member> members() {
    return switch (this) {
      case ARTIFACT_WRITE ->
          List.of(text("artifact_type"), text("product_id"), new Member("data", Kind.OBJECT));
      case METADATA_QUERY -> List.of(text("query_type"), text("product_id"));
      case AUDIT_APPEND ->
          List.of(text("operation_type"), text("artifact_id"), text("requester_id"));
      case RETENTION_REQUEST -> List.of(text("artifact_id"), text("action"));
      case ARTIFACT_READ -> List.of(text("artifact_id"), new Member("data", Kind.OBJECT));
      case QUERY_RESULT -> List.of(new Member("results", Kind.ARRAY));
      case AUDIT_CONFIRMATION -> List.of(text("entry_id"));
      case RETENTION_STATUS -> List.of(text("artifact_id"), text("status"));
      case PROVENANCE_DATA -> List.of(text("artifact_id"), new Member("provenance", Kind.OBJECT));
    };
  }

  private static Member text(String name) {
    return new Member(name, Kind.TEXT);
  }
}
