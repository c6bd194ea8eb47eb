package dev.fedcore.pillars.bucket.event;

import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// The types of events there are. A new one is a change of this program, never of a request, so
/// that no schema grows unseen.
public enum EventType {
  AGENT_EXECUTION,
  AGENT_RESULT,
  RL_OUTCOME,
  TASK_ERROR,
  WORKFLOW_EXECUTION,
  ORCHESTRATION;

  /// What kind of value a member must have.
  private enum Kind {
    TEXT("a string"),
    NUMBER("a number"),
    OBJECT("an object");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    boolean fits(JsonValue value) {
      return switch (this) {
        case TEXT -> value instanceof JsonString;
        case NUMBER -> value instanceof JsonNumber;
        case OBJECT -> value instanceof JsonObject;
      };
    }
  }

  private record Member(String name, Kind kind) {}

  /// Such as `workflow_execution`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Reads the type of an event, and checks that the members which the type knows are what they
  /// must be. Members that no type knows are the requester's own.
  ///
  /// @throws MalformedInput with a pointer below `pointer`
  static EventType read(JsonObject event, String pointer) {
    JsonValue stated =
        event
            .get("event_type")
            .orElseThrow(
                () -> new MalformedInput(pointer + "/event_type", "is missing; send " + all()));
    EventType type =
        Arrays.stream(values())
            .filter(known -> stated.equals(new JsonString(known.text())))
            .findFirst()
            .orElseThrow(() ->
                new MalformedInput(
                    pointer + "/event_type", "is no type of events; known are " + all()));
    for (Member member : type.members()) {
      JsonValue value = event.get(member.name()).orElse(JsonNull.NULL);
      if (!(value instanceof JsonNull) && !member.kind().fits(value)) {
        throw new MalformedInput(
            pointer + "/" + member.name(),
            "must be %s, is %s".formatted(member.kind().words, value.kind()));
      }
    }
    return type;
  }

  private List<Member> members() {
    return switch (this) {
      case AGENT_EXECUTION -> List.of(text("agent_id"));
      case AGENT_RESULT -> List.of(text("agent_id"), object("result"));
      case RL_OUTCOME ->
          List.of(text("agent_id"), new Member("reward", Kind.NUMBER), object("metadata"));
      case TASK_ERROR -> List.of(text("agent_id"), text("error"), text("input_type"));
      case WORKFLOW_EXECUTION ->
          List.of(
              text("trace_id"), text("action_type"), text("status"), object("execution_result"));
      case ORCHESTRATION ->
          List.of(text("action_id"), text("action_type"), text("state"), object("payload"));
    };
  }

  private static Member text(String name) {
    return new Member(name, Kind.TEXT);
  }

  private static Member object(String name) {
    return new Member(name, Kind.OBJECT);
  }

  private static String all() {
    return String.join(", ", Arrays.stream(values()).map(EventType::text).toList());
  }
}
