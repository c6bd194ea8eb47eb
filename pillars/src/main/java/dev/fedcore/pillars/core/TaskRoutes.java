package dev.fedcore.pillars.core;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Access;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Handler;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.http.Router;
import dev.fedcore.kernel.identity.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/// What a user asks: one text, several, and what became of one.
final class TaskRoutes {

  private static final Access.Needs ASK = Access.needs("workflow:write", Role.OPERATOR);
  private static final Access.Needs READ = Access.readers("workflow:read");

  /// Texts in one request. Each may wait for the language model.
  private static final int TASKS_MAX = 20;

  private static final String KEY = "Idempotency-Key";
  private static final String TRACEPARENT = "traceparent";

  /// The longest key, in characters.
  private static final int KEY_LENGTH_MAX = 255;

  /// The length of a trace id, in hexadecimal digits.
  private static final int TRACE_ID_LENGTH = 32;

  /// What stands for a task that found the Executor's queue full.
  private static final JsonObject NOT_TAKEN =
      JsonObject.builder()
          .put("status", "error")
          .put("error", CoreProblem.EXECUTOR_QUEUE_FULL.code())
          .build();

  private final TaskService tasks;
  private final RandomGenerator random;
  private final LongAdder requests = new LongAdder();
  private final LongAdder failures = new LongAdder();

  TaskRoutes(TaskService tasks, RandomGenerator random) {
    this.tasks = tasks;
    this.random = random;
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", "/handle_task", ASK, counted(this::one)),
        new Route("POST", "/handle_task_with_file", ASK, counted(this::withFile)),
        new Route("POST", "/handle_multi_task", ASK, counted(this::several)),
        new Route("GET", "/tasks/{task_id}", READ, this::state));
  }

  /// How many requests there were, and how many of them had no answer.
  record Counts(long requests, long failures) {}

  Counts counts() {
    return new Counts(requests.sum(), failures.sum());
  }

  private Handler counted(Handler handler) {
    return request -> {
      requests.increment();
      boolean answered = false;
      try {
        Response response = handler.handle(request);
        answered = true;
        return response;
      } finally {
        if (!answered) {
          failures.increment();
        }
      }
    };
  }

  private Response one(Request request) {
    JsonObject body = Bodies.object(request);
    return one(request, body, TaskRequest.read(Bodies.fields(body), request.principal()));
  }

  private Response withFile(Request request) {
    UploadedTask uploaded = UploadedTask.read(request);
    TaskRequest task =
        TaskRequest.read(Bodies.fields(uploaded.body()), request.principal()).with(uploaded.file());
    return one(request, uploaded.identity(), task);
  }

  private Response one(Request request, JsonObject body, TaskRequest task) {
    Given given =
        answer(request, new Asked("", body, task, tasks.modelUntil()))
            .orElseThrow(TaskRoutes::queueFull);
    Response response = Response.json(200, given.answer());
    return given.again() ? response.with("Idempotent-Replayed", "true") : response;
  }

  private Response several(Request request) {
    JsonObject body = Bodies.object(request);
    JsonFields fields = Bodies.fields(body);
    List<JsonValue> items = fields.array("tasks");
    fields.end();
    if (items.isEmpty() || items.size() > TASKS_MAX) {
      throw new MalformedInput(
          fields.pointer("tasks"), "must have 1 to %d tasks".formatted(TASKS_MAX));
    }
    var read = new ArrayList<TaskRequest>();
    for (int i = 0; i < items.size(); i++) {
      String pointer = JsonPointers.child(fields.pointer("tasks"), i);
      if (!(items.get(i) instanceof JsonObject item)) {
        throw new MalformedInput(pointer, "must be an object, is " + items.get(i).kind());
      }
      read.add(TaskRequest.read(JsonFields.of(item, pointer), request.principal()));
    }
    long modelUntil = tasks.modelUntil();
    var results = new ArrayList<JsonValue>();
    for (int i = 0; i < read.size(); i++) {
      var asked =
          new Asked(Integer.toString(i), (JsonObject) items.get(i), read.get(i), modelUntil);
      Optional<Given> given = answer(request, asked);
      results.add(given.map(Given::answer).orElse(NOT_TAKEN));
    }
    return Response.json(200, JsonObject.builder().put("results", new JsonArray(results)).build());
  }

  private Response state(Request request) {
    String taskId = request.parameter("task_id");
    String tenant = request.principal().tenant().value();
    JsonObject state =
        tasks
            .book()
            .state(tenant, taskId)
            .orElseThrow(() ->
                new ProblemFound(
                    Problem.of(
                        CoreProblem.UNKNOWN_TASK,
                        "no task has the id %s, or it is too long ago".formatted(taskId))));
    return Response.json(200, state.with("task_id", new JsonString(taskId)));
  }

  /// An answer, and whether it was given before.
  private record Given(JsonObject answer, boolean again) {}

  /// One text of a request.
  ///
  /// @param place of the text in its request; empty for a single one
  /// @param body by which a repeated text is told from another
  /// @param modelUntil until when the language model is asked about it
  private record Asked(String place, JsonObject body, TaskRequest task, long modelUntil) {}

  /// Answers one text; empty when the Executor's queue is full.
  private Optional<Given> answer(Request request, Asked asked) {
    String tenant = request.principal().tenant().value();
    String taskId = taskId(request, asked.place());
    String hash = Sha256.hex(asked.body().canonicalBytes());
    return switch (tasks.book().begin(tenant, taskId, hash)) {
      case TaskBook.Beginning.Fresh _ -> {
        Optional<JsonObject> answer = fresh(tenant, taskId, asked);
        answer
            .filter(_ -> request.header(KEY).isPresent())
            .ifPresent(given -> tasks.book().answered(tenant, taskId, given));
        yield answer.map(given -> new Given(given, false));
      }
      case TaskBook.Beginning.Answered(JsonObject before) -> Optional.of(new Given(before, true));
      case TaskBook.Beginning.UnderWay _ ->
          throw problem(
              ProblemKind.IDEMPOTENCY_IN_PROGRESS, "the first request with this key is under way");
      case TaskBook.Beginning.OtherRequest _ ->
          throw problem(
              ProblemKind.IDEMPOTENCY_KEY_REUSED, "this key was used for another request");
    };
  }

  private Optional<JsonObject> fresh(String tenant, String taskId, Asked asked) {
    Optional<JsonObject> answer = Optional.empty();
    try {
      answer = tasks.handle(tenant, taskId, asked.task(), asked.modelUntil());
    } finally {
      if (answer.isEmpty()) {
        tasks.book().forget(tenant, taskId);
      }
    }
    return answer;
  }

  /// The task's name and the trace of all that follows from it. With an idempotency key it is made
  /// from the key, so that a request that is sent again, even to another process, is the same task
  /// for the Executor. Without one it is the request's own trace, unless the caller began that one,
  /// who may ask for more than one task within it.
  private String taskId(Request request, String place) {
    Optional<String> key = request.header(KEY);
    if (key.isEmpty()) {
      boolean isRoot = place.isEmpty() && request.header(TRACEPARENT).isEmpty();
      return isRoot
          ? request.trace().value()
          : "%016x%016x".formatted(random.nextLong() | 1, random.nextLong());
    }
    if (key.get().isEmpty() || key.get().length() > KEY_LENGTH_MAX) {
      throw problem(
          ProblemKind.MALFORMED_HEADER,
          "%s must have 1 to %d characters".formatted(KEY, KEY_LENGTH_MAX));
    }
    JsonObject name =
        JsonObject.builder()
            .put("actor", request.principal().actor())
            .put("key", key.get())
            .put("place", place)
            .put("tenant", request.principal().tenant().value())
            .build();
    return Sha256.hex(name.canonicalBytes()).substring(0, TRACE_ID_LENGTH);
  }

  private static ProblemFound queueFull() {
    return new ProblemFound(
        Problem.of(
                CoreProblem.EXECUTOR_QUEUE_FULL,
                "too many workflows wait for the Executor; nothing was done")
            .withHeader("Retry-After", Router.RETRY_AFTER_SECONDS));
  }

  private static ProblemFound problem(ProblemKind kind, String detail) {
    return new ProblemFound(Problem.of(kind, detail));
  }
}
