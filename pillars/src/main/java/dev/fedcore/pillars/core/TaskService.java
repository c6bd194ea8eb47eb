package dev.fedcore.pillars.core;

import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.client.ServiceClient;
import dev.fedcore.http.client.ServiceClient.Answer;
import dev.fedcore.http.trace.Spans;
import dev.fedcore.pillars.core.TaskAnswer.Progress;
import dev.fedcore.pillars.core.agent.Agent;
import dev.fedcore.pillars.core.agent.Decision;
import dev.fedcore.pillars.core.chat.ChatAgent;
import dev.fedcore.pillars.core.intent.IntentEngine;
import dev.fedcore.pillars.core.outgoing.Outgoing;
import dev.fedcore.pillars.core.outgoing.Parcel;
import dev.fedcore.pillars.core.upload.Attachment;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/// From a user's words to a decision, and from the decision to the Executor's door. Safe for use by
/// many threads.
final class TaskService implements AutoCloseable {

  private static final String EXECUTE = "/api/workflow/execute";
  private static final double NANOS = 1e9;

  /// How long after a request came the language model is still asked about another of its texts.
  /// Whoever sends many to a slow model waits this long and twice the model's own limit.
  private static final Duration MODEL_PATIENCE = Duration.ofSeconds(30);

  private final IntentEngine builtIn = new IntentEngine();
  private final Optional<ChatAgent> chat;
  private final Optional<Outgoing> executor;
  private final Optional<Outgoing> bucket;
  private final Telling telling;
  private final TaskBook book = new TaskBook();
  private final LongSupplier nanoTime;
  private final LongAdder fallbacks = new LongAdder();

  TaskService(CoreSettings settings, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.chat = settings.chat().map(ChatAgent::new);
    this.bucket = settings.bucket().map(uri -> outgoing(settings, uri));
    this.telling = new Telling(bucket);
    this.executor =
        Optional.of(settings.executor())
            .filter(_ -> settings.execution())
            .map(uri -> outgoing(settings, uri));
  }

  private static Outgoing outgoing(CoreSettings settings, URI uri) {
    var client = new ServiceClient(uri, settings.limit());
    return new Outgoing(client, settings.credentials());
  }

  TaskBook book() {
    return book;
  }

  Optional<ChatAgent> chat() {
    return chat;
  }

  Optional<Outgoing> executor() {
    return executor;
  }

  Optional<Outgoing> bucket() {
    return bucket;
  }

  /// How often the built-in agent answered because the language model did not.
  long fallbacks() {
    return fallbacks.sum();
  }

  /// Until when the language model is asked about a request that comes now; a `nanoTime`.
  long modelUntil() {
    return nanoTime.getAsLong() + MODEL_PATIENCE.toNanos();
  }

  /// Decides, and hands on what is to be done. Waits for no other service but the language model.
  ///
  /// @param modelUntil from then on the built-in agent is asked alone
  /// @return the answer; empty if the Executor's queue is full
  Optional<JsonObject> handle(String tenant, String taskId, TaskRequest request, long modelUntil) {
    return Spans.root("task", taskId, () -> decided(tenant, taskId, request, modelUntil));
  }

  private Optional<JsonObject> decided(
      String tenant, String taskId, TaskRequest request, long modelUntil) {
    long start = nanoTime.getAsLong();
    Optional<Decision> model = askModel(request, start - modelUntil < 0);
    Agent agent = chat.<Agent>map(asked -> asked).filter(_ -> model.isPresent()).orElse(builtIn);
    Decision bare = model.or(() -> builtIn.consider(request.input())).orElseThrow();
    Decision decision = request.file().map(file -> with(file, bare, request)).orElse(bare);
    telling.decided(taskId, agent.name(), decision, (nanoTime.getAsLong() - start) / NANOS);
    Progress meant =
        switch (decision) {
          case Decision.Workflow _ -> executor.isPresent() ? Progress.ACCEPTED : Progress.DISABLED;
          case Decision.NoWorkflow _ -> Progress.NOT_NEEDED;
          case Decision.Ask _ -> Progress.UNCLEAR;
        };
    book.become(tenant, taskId, TaskBook.state(meant.text()));
    Optional<Progress> progress =
        meant == Progress.ACCEPTED && decision instanceof Decision.Workflow action
            ? send(new Order(tenant, taskId, agent.name()), request, action)
            : Optional.of(meant);
    return progress.map(
        known -> TaskAnswer.of(taskId, agent.name(), request.userId(), decision, known));
  }

  /// The file goes behind the words of an action. Where the words alone are none, it may be what
  /// they lack; whether they are an order is still for the words to say.
  private Decision with(Attachment file, Decision bare, TaskRequest request) {
    if (bare instanceof Decision.Workflow action) {
      return file.behind(action);
    }
    return builtIn
        .consider(file.completing(request.input()))
        .filter(Decision.Workflow.class::isInstance)
        .flatMap(action -> file.inPlaceOfMark((Decision.Workflow) action))
        .orElse(bare);
  }

  private Optional<Decision> askModel(TaskRequest request, boolean isInTime) {
    if (chat.isEmpty() || request.agent().equals(TaskRequest.BUILT_IN_AGENT)) {
      return Optional.empty();
    }
    Optional<Decision> decision =
        isInTime ? chat.get().consider(request.input()) : Optional.empty();
    if (decision.isEmpty()) {
      fallbacks.increment();
    }
    return decision;
  }

  /// Whose order is on its way.
  private record Order(String tenant, String taskId, String agent) {}

  private Optional<Progress> send(Order order, TaskRequest request, Decision.Workflow action) {
    JsonObject body = TaskAnswer.order(order.taskId(), request.userId(), action);
    boolean taken =
        executor
            .map(out ->
                out.post(new Parcel(order.taskId(), EXECUTE, body), answer -> heard(order, answer)))
            .orElse(false);
    if (!taken) {
      telling.failed(order.taskId(), order.agent(), "executor_queue_full");
    }
    return Optional.of(Progress.ACCEPTED).filter(_ -> taken);
  }

  /// Notes what the Executor said. Called on a worker's thread.
  private void heard(Order order, Answer answer) {
    JsonObject state =
        switch (answer) {
          case Answer.Heard heard ->
              TaskBook.state(
                  heard.isSuccess() ? "sent" : "refused",
                  heard.isSuccess()
                      ? status(heard)
                      : new JsonString("the Executor answered " + heard.status()),
                  heard.body().orElse(JsonObject.EMPTY));
          case Answer.Unreachable(String why) -> TaskBook.state("failed", new JsonString(why));
          case Answer.Lost(String why) ->
              TaskBook.state(
                  "in_doubt", new JsonString(why + "; Federation Core knows whether it was taken"));
        };
    book.become(order.tenant(), order.taskId(), state);
    if (!(answer instanceof Answer.Heard heard && heard.isSuccess())) {
      telling.failed(order.taskId(), order.agent(), error(answer));
    }
  }

  private static String error(Answer answer) {
    return switch (answer) {
      case Answer.Heard heard -> "executor_refused_" + heard.status();
      case Answer.Unreachable _ -> "executor_unreachable";
      case Answer.Lost _ -> "executor_answer_lost";
    };
  }

  private static JsonValue status(Answer.Heard heard) {
    return heard
        .body()
        .flatMap(body -> body.get("status"))
        .filter(JsonString.class::isInstance)
        .orElse(JsonNull.NULL);
  }

  /// Sends what waits for a few seconds more. The Executor first, as Bucket is told of its answers.
  @Override
  public void close() {
    executor.ifPresent(Outgoing::close);
    bucket.ifPresent(Outgoing::close);
  }
}
