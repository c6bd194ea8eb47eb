package dev.fedcore.pillars.executor.telemetry;

import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.live.RunLoader;
import dev.fedcore.engine.outbox.Subscription;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonBoolean;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.receipt.AuditEntry;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.run.RunStatus;
import dev.fedcore.pillars.executor.Outcomes;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One message for each execution that has ended, to one receiver.
///
/// A body is `{"post": what is posted, "tenant": whose, unless it is the default tenant's,
/// "timestamp": when it was written, "trace_id": …}`.
public final class ExecutionNews implements Subscription {

  /// As messages to Bucket are addressed.
  public static final String BUCKET = "bucket";

  /// As messages to Karma are addressed.
  public static final String KARMA = "karma";

  /// Whose execution it was.
  static final String TENANT = "tenant";

  private static final String WORKFLOW = "executor_action";
  private static final String MOVED = "FC-RUN-002";
  private static final String EXECUTOR = "workflow_executor";
  private static final String UNKNOWN = "unknown";

  /// Whose name is longer than Karma keeps names.
  private static final String SOMEBODY = "somebody";

  /// Half of what a request to Bucket may have, and not so deep.
  private static final JsonLimits RESULT_LIMITS = new JsonLimits(512 << 10, 32, 5_000);

  /// The longest text of a result that is cut, in characters.
  private static final int TEXT_LENGTH_MAX = 500;

  private static final Pattern TRACE = Pattern.compile("[!-~]{1,128}");
  private static final Pattern USER = Pattern.compile("[!-~]{1,50}");
  private static final Pattern PRODUCT = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");
  private static final Pattern TYPE = Pattern.compile("[a-z0-9_.-]{1,64}");

  private static final Set<String> ENDINGS =
      EnumSet.allOf(RunStatus.class).stream()
          .filter(RunStatus::isTerminal)
          .map(RunStatus::name)
          .collect(Collectors.toUnmodifiableSet());

  private final String destination;
  private final Function<Ending, JsonObject> wording;

  private ExecutionNews(String destination, Function<Ending, JsonObject> wording) {
    this.destination = destination;
    this.wording = wording;
  }

  /// Tells Bucket, in the form of the seed's section 2.
  public static ExecutionNews toBucket() {
    return new ExecutionNews(BUCKET, ExecutionNews::event);
  }

  /// Tells Karma, in the form of the seed's section 3.
  public static ExecutionNews toKarma() {
    return new ExecutionNews(KARMA, ExecutionNews::lifeEvent);
  }

  @Override
  public String destination() {
    return destination;
  }

  @Override
  public List<Payload> told(RunRow run, List<Document> entries) {
    if (!run.workflowId().equals(WORKFLOW) || !run.status().isTerminal()) {
      return List.of();
    }
    boolean ended = entries.stream().anyMatch(ExecutionNews::endsTheRun);
    return ended ? List.of(new Payload(message(run).canonicalBytes())) : List.of();
  }

  private JsonObject message(RunRow run) {
    var ending = Ending.of(JsonReader.readObject(run.view().utf8(), RunLoader.VIEW_LIMITS));
    var message =
        JsonObject.builder()
            .put("post", wording.apply(ending))
            .put("timestamp", ending.at())
            .put("trace_id", ending.traceId());
    if (!run.tenant().equals(TenantId.DEFAULT)) {
      message.put(TENANT, run.tenant().value());
    }
    return message.build();
  }

  private static boolean endsTheRun(Document document) {
    AuditEntry entry = AuditEntry.parse(document.bytes());
    return entry.eventType().equals(MOVED)
        && entry.newStatus().filter(ENDINGS::contains).isPresent();
  }

  private static JsonObject event(Ending ending) {
    var data =
        JsonObject.builder()
            .put("event_type", "workflow_execution")
            .put("trace_id", ending.traceId())
            .put("action_type", ending.actionType())
            .put("status", ending.success() ? "success" : "failed")
            .put("execution_result", fitting(Outcomes.result(ending.traceId(), ending.run())))
            .put("run_id", ending.runId())
            .put("user_id", ending.userId())
            .put("timestamp", ending.at());
    ending.product().ifPresent(product -> data.put("product", product));
    return JsonObject.builder()
        .put("requester_id", EXECUTOR)
        .put("event_data", data.build())
        .build();
  }

  /// A result that no receiver would take is cut to what says how it went: a message that is
  /// refused for ever would hold up others.
  private static JsonObject fitting(JsonObject result) {
    try {
      JsonReader.readObject(result.canonicalBytes(), RESULT_LIMITS);
      return result;
    } catch (MalformedInput _) {
      var cut = JsonObject.builder();
      result
          .members()
          .forEach((name, value) -> {
            if (isShort(value)) {
              cut.put(name, value);
            }
          });
      return cut.build().with("cut", JsonBoolean.of(true));
    }
  }

  private static boolean isShort(JsonValue value) {
    return switch (value) {
      case JsonObject _, JsonArray _ -> false;
      case JsonString text -> text.value().length() <= TEXT_LENGTH_MAX;
      default -> true;
    };
  }

  private static JsonObject lifeEvent(Ending ending) {
    return JsonObject.builder()
        .put("type", "life_event")
        .put(
            "data",
            JsonObject.builder()
                .put("user_id", ending.userId())
                .put("action", ending.success() ? "workflow_success" : "workflow_failure")
                .put("role", "user")
                .put("note", "Workflow execution: " + ending.actionType())
                .put(
                    "context",
                    JsonObject.builder()
                        .put("trace_id", ending.traceId())
                        .put("action_type", ending.actionType())
                        .put("run_id", ending.runId())
                        .put("source", EXECUTOR)
                        .build())
                .build())
        .put("source", EXECUTOR)
        .build();
  }

  /// An execution that has ended.
  private record Ending(
      JsonObject run,
      String runId,
      String traceId,
      String userId,
      Optional<String> product,
      String actionType,
      boolean success,
      String at) {

    static Ending of(JsonObject run) {
      JsonFields fields = JsonFields.of(run, "");
      JsonFields metadata = JsonFields.of(fields.object("metadata"), "/metadata");
      JsonFields input = JsonFields.of(fields.object("input_payload"), "/input_payload");
      String runId = fields.string("run_id");
      return new Ending(
          run,
          runId,
          text(metadata, "trace_id", TRACE).orElse(runId),
          text(metadata, "user_id", USER).or(() -> text(fields, "actor_id", USER)).orElse(SOMEBODY),
          text(metadata, "product", PRODUCT),
          text(input, "action_type", TYPE).orElse(UNKNOWN),
          fields.string("status").equals(RunStatus.COMPLETED.name()),
          fields.string("updated_at"));
    }

    /// A run that was not made by the executor may have anything there. What a receiver would not
    /// take is left out, for a message that is refused for ever would hold up others.
    private static Optional<String> text(JsonFields fields, String name, Pattern form) {
      return fields
          .optionalValue(name)
          .filter(JsonString.class::isInstance)
          .map(value -> ((JsonString) value).value())
          .filter(text -> form.matcher(text).matches());
    }
  }
}
