package dev.fedcore.benchmarks.pillars;

import dev.fedcore.benchmarks.pillars.Api.Answer;
import dev.fedcore.evidence.json.JsonFields;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Sends errands at a fixed rate, each on a thread of its own, and each again until it is answered.
final class Clients {

  /// Before a request that was not answered is sent again; doubled each time.
  private static final Duration SEND_AGAIN = Duration.ofMillis(200);

  /// No wait is longer.
  private static final Duration SEND_AGAIN_MAX = Duration.ofSeconds(3);

  /// The most errands under way; beyond that new ones wait.
  private static final int UNDER_WAY_MAX = 4_000;

  /// Every so many errands, one is sent again, and one trace id is used for something else.
  private static final int EVERY_AGAIN = 10;

  private static final int AGAIN = 3;
  private static final int REUSE = 7;
  private static final int NOT_NOW = 503;

  private final Api api;
  private final Journal journal;
  private final String prefix;
  private final CountDownLatch over = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);
  private final Semaphore room = new Semaphore(UNDER_WAY_MAX);
  private volatile String phase = "before";

  /// @param prefix of the trace ids
  Clients(Api api, Journal journal, String prefix) {
    this.api = api;
    this.journal = journal;
    this.prefix = prefix;
  }

  /// Says what is away from now on.
  void phase(String what) {
    phase = what;
  }

  /// Sends so many errands a second until [#stop]; returns when all are answered.
  int run(int perSecond) throws InterruptedException, ExecutionException {
    long step = TimeUnit.SECONDS.toNanos(1) / perSecond;
    long begun = System.nanoTime();
    int number = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      while (!over.await(begun + number * step - System.nanoTime(), TimeUnit.NANOSECONDS)) {
        int next = number++;
        room.acquire();
        threads.execute(() -> runErrand(next));
      }
    }
    return number;
  }

  void stop() {
    over.countDown();
  }

  private void runErrand(int number) {
    try {
      Errand errand = Errand.numbered(prefix, number);
      Answer first = untilAnswered(errand);
      if (number % EVERY_AGAIN == AGAIN) {
        again(errand, first);
      }
      if (number % EVERY_AGAIN == REUSE) {
        journal.reused(errand, heard(() -> api.execute(errand.changed())).status());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException defect) {
      journal.contradicted("errand %d: %s".formatted(number, defect));
    } finally {
      room.release();
    }
  }

  /// Sends an errand until the executor answers it.
  private Answer untilAnswered(Errand errand) throws InterruptedException {
    journal.sent(errand);
    String when = phase;
    long begun = System.nanoTime();
    Optional<Answer> first = api.execute(errand.body());
    if (isHeard(first) && when.equals(phase)) {
      journal.took(when, System.nanoTime() - begun);
    }
    Answer answer = isHeard(first) ? first.orElseThrow() : heard(() -> api.execute(errand.body()));
    first(errand, answer);
    return answer;
  }

  /// Notes the first answer to an errand, and has it approved if it waits for that.
  void first(Errand errand, Answer answer) throws InterruptedException {
    journal.sent(errand);
    JsonFields fields = answer.fields();
    if (!fields.has("run_id")) {
      throw new IllegalStateException("answered without a run: " + answer);
    }
    String run = fields.string("run_id");
    journal.answered(errand.traceId(), run);
    Optional<String> gate = fields.optionalString("gate_id");
    if (gate.isPresent()) {
      approve(run, gate.get());
    }
  }

  /// Sends an errand once more when all is over: the run is the same, and the answer is final.
  void last(Errand errand) throws InterruptedException {
    Answer answer = heard(() -> api.execute(errand.body()));
    journal.answered(errand.traceId(), answer.fields().string("run_id"));
    String status = answer.fields().string("status");
    if (!status.equals("success") && !status.equals("failed")) {
      journal.contradicted("%s is %s at the end".formatted(errand.traceId(), status));
    }
  }

  /// A 409 says that an earlier approval, whose answer was lost, has counted.
  private void approve(String run, String gate) throws InterruptedException {
    int status = heard(() -> api.approve(run, gate)).status();
    if (status == 200 || status == 409) {
      journal.approved();
    } else {
      journal.contradicted("the approval of run %s was answered %d".formatted(run, status));
    }
  }

  private void again(Errand errand, Answer first) throws InterruptedException {
    Answer second = heard(() -> api.execute(errand.body()));
    if (!first.fields().string("status").equals("pending")) {
      journal.replayed(errand, first.text(), second.text());
    }
  }

  /// Asks until there is a whole answer that is not "not now".
  private Answer heard(Asking asking) throws InterruptedException {
    Optional<Answer> answer = asking.ask();
    long wait = SEND_AGAIN.toMillis();
    while (!isHeard(answer)) {
      never.await(wait, TimeUnit.MILLISECONDS);
      wait = Math.min(2 * wait, SEND_AGAIN_MAX.toMillis());
      answer = asking.ask();
    }
    return answer.orElseThrow();
  }

  /// One request.
  @FunctionalInterface
  private interface Asking {
    Optional<Answer> ask() throws InterruptedException;
  }

  private static boolean isHeard(Optional<Answer> answer) {
    return answer.filter(a -> a.status() != NOT_NOW).isPresent();
  }
}
