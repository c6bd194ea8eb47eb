package dev.fedcore.pillars.executor;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.client.ServiceClient.Answer;
import dev.fedcore.kernel.identity.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Carries one request out: as a governed run, once for each trace id, never again by itself.
final class Executions {

  private static final String WORKFLOW = "executor_action";

  /// Who asks when the payload names nobody.
  private static final String USER_DEFAULT = "system";

  /// Members of a payload that are about the request and not about the action.
  private static final Set<String> ABOUT_THE_REQUEST =
      Set.of("action_type", "user_id", "trace_id", "product", "metadata");

  /// The longest user id that Karma takes, in characters.
  private static final int USER_LENGTH_MAX = 50;

  /// The names that Bucket takes for products.
  private static final Pattern PRODUCT = Pattern.compile("[a-z0-9][a-z0-9_.-]{0,63}");

  private static final String KEY_REUSED = "IDEMPOTENCY_KEY_REUSED";
  private static final String IN_PROGRESS = "IDEMPOTENCY_IN_PROGRESS";
  private static final Set<String> INVALID = Set.of("INVALID_INPUT", "MALFORMED_REQUEST");

  private final FederationClient federation;

  Executions(FederationClient federation) {
    this.federation = federation;
  }

  /// Executes, and says what came of it in the contract's words.
  ///
  /// @throws ProblemFound 409 if the trace id was used for another request, 503 if nobody decides
  JsonObject execute(ExecuteRequest request) {
    Optional<String> type = request.actionType();
    if (type.isEmpty()) {
      return Outcomes.failed(
          request.traceId(), "missing_action_type", "/data/payload/action_type is missing");
    }
    String user = user(request.payload());
    JsonObject body = body(request, type.get(), user);
    return switch (federation.start(request.traceId(), user, body)) {
      case Answer.Heard heard when heard.isSuccess() ->
          settled(request.traceId(), user, heard.body().orElseThrow(() -> unavailable(NONSENSE)));
      case Answer.Heard heard -> refused(request, type.get(), heard);
      case Answer.Unreachable(String why) -> throw unavailable("nothing was executed: " + why);
      case Answer.Lost(String why) ->
          throw unavailable(
              "%s; ask again with the same trace_id, nothing is executed twice".formatted(why));
    };
  }

  private static final String NONSENSE = "Federation Core's answer is no JSON object";

  /// The run as it stands now: an answer that was kept tells how it stood when it was given.
  private JsonObject settled(String traceId, String user, JsonObject run) {
    if (Outcomes.isOver(run)) {
      return Outcomes.of(traceId, run, Optional.empty());
    }
    String runId = JsonFields.of(run, "").string("run_id");
    JsonObject now = heard(federation.run(traceId, user, runId));
    return Outcomes.of(
        traceId, now, Outcomes.isOver(now) ? Optional.empty() : gate(traceId, user, runId));
  }

  /// The gate that the run waits for, the last of them.
  private Optional<String> gate(String traceId, String user, String runId) {
    JsonObject answer = heard(federation.gates(traceId, user, runId));
    List<JsonValue> gates = JsonFields.of(answer, "").optionalArray("gates").orElse(List.of());
    return gates.reversed().stream()
        .map(gate -> (JsonObject) gate)
        .filter(gate -> gate.get("status").equals(Optional.of(new JsonString("PENDING"))))
        .map(gate -> JsonFields.of(gate, "").string("gate_id"))
        .findFirst();
  }

  private static JsonObject heard(Answer answer) {
    if (answer instanceof Answer.Heard heard && heard.isSuccess() && heard.body().isPresent()) {
      return heard.body().get();
    }
    throw unavailable("the request was accepted, and Federation Core no longer answers");
  }

  private static JsonObject refused(ExecuteRequest request, String type, Answer.Heard heard) {
    JsonObject problem = heard.body().orElse(JsonObject.EMPTY);
    JsonFields fields = JsonFields.of(problem, "");
    String code = fields.optionalString("code").orElse("");
    if (code.equals(KEY_REUSED)) {
      throw new ProblemFound(
          Problem.of(
              ExecutorProblem.TRACE_REUSED,
              "the trace_id was used for another request; mint a new one"));
    }
    if (code.equals(IN_PROGRESS)) {
      throw unavailable("a request with this trace_id is being executed at this moment");
    }
    if (INVALID.contains(code)) {
      return invalid(request, type, fields.optionalArray("errors").orElse(List.of()));
    }
    throw unavailable(
        "Federation Core answered %d: %s"
            .formatted(heard.status(), fields.optionalString("detail").orElse("no detail")));
  }

  private static JsonObject invalid(ExecuteRequest request, String type, List<JsonValue> errors) {
    String traceId = request.traceId();
    if (errors.isEmpty() || !(errors.getFirst() instanceof JsonObject first)) {
      return Outcomes.failed(traceId, "internal_execution_error", "the request was not understood");
    }
    JsonFields fields = JsonFields.of(first, "");
    String pointer = fields.string("pointer").replaceFirst("^/input_payload", "");
    String detail = fields.string("detail");
    if (pointer.startsWith("/action_type")) {
      return Outcomes.failed(traceId, "unsupported_action_type", detail);
    }
    String field = pointer.replaceFirst("^/parameters/?", "");
    String code =
        ActionKind.of(type)
            .filter(_ -> detail.contains("missing") || isBlank(request.payload(), field))
            .map(kind -> kind.missing(field))
            .orElse("invalid_payload");
    return Outcomes.failed(traceId, code, "/data/payload/%s %s".formatted(field, detail));
  }

  /// The contract has one code for what is not there and for what says nothing.
  private static boolean isBlank(JsonObject payload, String field) {
    return payload.get(field).orElse(JsonNull.NULL) instanceof JsonString(String text)
        && text.isBlank();
  }

  private static String user(JsonObject payload) {
    String user = JsonFields.of(payload, "/data/payload").optionalString("user_id").orElse("");
    boolean fits = user.length() <= USER_LENGTH_MAX && Principal.isActorName(user);
    if (!user.isEmpty() && !fits) {
      throw ExecuteRequest.invalid(
          "/data/payload/user_id",
          "must have 1 to %d visible ASCII characters".formatted(USER_LENGTH_MAX));
    }
    return user.isEmpty() ? USER_DEFAULT : user;
  }

  private static Optional<String> product(JsonFields payload) {
    Optional<String> product =
        payload.optionalString("product").map(name -> name.toLowerCase(Locale.ROOT));
    if (product.isPresent() && !PRODUCT.matcher(product.get()).matches()) {
      throw ExecuteRequest.invalid(
          "/data/payload/product", "must have 1 to 64 letters, digits, '_', '.' or '-'");
    }
    return product;
  }

  private static JsonObject body(ExecuteRequest request, String type, String user) {
    JsonFields payload = JsonFields.of(request.payload(), "/data/payload");
    var parameters = new LinkedHashMap<>(request.payload().members());
    parameters.keySet().removeAll(ABOUT_THE_REQUEST);
    var metadata =
        JsonObject.builder()
            .put("trace_id", request.traceId())
            .put("user_id", user)
            .put("metadata", payload.optionalObject("metadata").orElse(JsonObject.EMPTY));
    request.product().or(() -> product(payload)).ifPresent(name -> metadata.put("product", name));
    return JsonObject.builder()
        .put("workflow_id", WORKFLOW)
        .put("start", true)
        .put(
            "input_payload",
            JsonObject.builder()
                .put("action_type", type)
                .put("parameters", JsonObject.of(parameters))
                .build())
        .put("metadata", metadata.build())
        .put("tags", new JsonArray(List.of()))
        .put("parent_run_id", JsonNull.NULL)
        .build();
  }

  private static ProblemFound unavailable(String why) {
    return new ProblemFound(
        Problem.of(ExecutorProblem.FEDERATION_UNAVAILABLE, why).withHeader("Retry-After", "1"));
  }
}
