package dev.fedcore.engine;

import static dev.fedcore.engine.EngineRig.ANN;
import static dev.fedcore.engine.EngineRig.SPINE;
import static dev.fedcore.engine.EngineRig.task;
import static dev.fedcore.engine.EngineRig.wanted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.engine.CommandResult.Done;
import dev.fedcore.engine.CommandResult.Rejected;
import dev.fedcore.engine.CommandResult.Replayed;
import dev.fedcore.engine.LedgerLine.Fault;
import dev.fedcore.engine.ledger.KeptAnswer;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.RunQuery;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.run.RunStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdempotencyTest {

  @Test
  void the_same_request_has_the_same_answer_and_no_second_effect() {
    try (var rig = EngineRig.started()) {
      RunId run = EngineRig.id(create(rig.service(), "k", "f"));
      rig.await(run);

      CommandResult again = create(rig.service(), "k", "f");

      assertThat(again).isInstanceOf(Replayed.class);
      assertThat(((Replayed) again).answer().location()).isEqualTo(run.toString());
      assertThat(runs(rig)).hasSize(1);
      assertThat(rig.effects()).isEqualTo(1);
    }
  }

  @Test
  void the_answer_outlives_the_process() {
    try (var rig = EngineRig.started()) {
      rig.await(EngineRig.id(create(rig.service(), "k", "f")));
      rig.restart();

      assertThat(create(rig.service(), "k", "f")).isInstanceOf(Replayed.class);
    }
  }

  @Test
  void another_request_under_the_same_key_is_rejected() {
    try (var rig = EngineRig.started()) {
      rig.await(EngineRig.id(create(rig.service(), "k", "f")));

      assertThat(create(rig.service(), "k", "g"))
          .isEqualTo(new Rejected(new Rejection.KeyReused()));
    }
  }

  @Test
  void another_tenant_has_keys_of_its_own() {
    try (var rig = EngineRig.started()) {
      rig.await(EngineRig.id(create(rig.service(), "k", "f")));

      CommandResult result =
          rig.service()
              .create(
                  EngineRig.EVE,
                  wanted(SPINE, task("allow", "done"), false),
                  Optional.of(key(EngineRig.EVE.tenant(), "k", "f")));

      assertThat(result).isInstanceOf(Done.class);
    }
  }

  @Test
  void a_request_that_was_refused_leaves_its_key_free() {
    try (var rig = EngineRig.started()) {
      RunId run = rig.run("flag", "done");

      assertThat(handle(rig, run, new Request.Resume(), "k"))
          .isInstanceOf(CommandResult.Refused.class);
      assertThat(handle(rig, run, new Request.Pause("wait"), "k")).isInstanceOf(Done.class);
      assertThat(handle(rig, run, new Request.Pause("wait"), "k")).isInstanceOf(Replayed.class);
    }
  }

  @Test
  void a_request_whose_answer_was_lost_is_answered_when_it_is_repeated() {
    try (var rig = EngineRig.started()) {
      rig.line().script(Fault.ANSWER_LOST);
      assertThatThrownBy(() -> create(rig.service(), "k", "f"))
          .isInstanceOf(LedgerUnavailable.class);

      assertThat(create(rig.service(), "k", "f")).isInstanceOf(Replayed.class);

      RunId run = runs(rig).getFirst().run();
      rig.until(() -> rig.status(run) == RunStatus.COMPLETED);
      assertThat(rig.effects()).isEqualTo(1);
    }
  }

  @Test
  void of_many_at_once_in_several_processes_one_is_done() throws Exception {
    try (var rig = EngineRig.started();
        var one = new CommandService(rig.engine());
        var two = new CommandService(rig.engine())) {
      List<Callable<CommandResult>> requests =
          IntStream.range(0, 32)
              .<Callable<CommandResult>>mapToObj(
                  i -> () -> create(i % 2 == 0 ? one : two, "k", "f"))
              .toList();
      List<CommandResult> results;
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        results = threads.invokeAll(requests).stream().map(Future::resultNow).toList();
      }

      assertThat(results.stream().filter(Done.class::isInstance)).hasSize(1);
      assertThat(results)
          .allMatch(r ->
              r instanceof Done
                  || r instanceof Replayed
                  || r.equals(new Rejected(new Rejection.KeyInProgress())));
      RunId run = runs(rig).getFirst().run();
      rig.until(() -> rig.status(run) == RunStatus.COMPLETED);
      assertThat(runs(rig)).hasSize(1);
      assertThat(rig.effects()).isEqualTo(1);
    }
  }

  @Test
  void a_request_on_an_older_version_of_the_run_is_rejected() {
    try (var rig = EngineRig.started()) {
      RunId run = rig.run("flag", "done");
      long version = rig.row(run).version();

      CommandResult stale =
          rig.service()
              .handle(
                  ANN,
                  run,
                  new Request.Pause("wait"),
                  Optional.empty(),
                  OptionalLong.of(version - 1));
      CommandResult fresh =
          rig.service()
              .handle(
                  ANN, run, new Request.Pause("wait"), Optional.empty(), OptionalLong.of(version));

      assertThat(stale).isEqualTo(new Rejected(new Rejection.StaleVersion(version - 1, version)));
      assertThat(fresh).isInstanceOf(Done.class);
    }
  }

  @Test
  void a_run_of_another_tenant_is_no_run() {
    try (var rig = EngineRig.started()) {
      RunId run = rig.run("flag", "done");

      assertThat(rig.refused(EngineRig.EVE, run, new Request.Cancel("mine")).toString())
          .contains("UnknownRun");
      assertThat(rig.status(run)).isEqualTo(RunStatus.PAUSED);
    }
  }

  private static List<RunRow> runs(EngineRig rig) {
    return rig.disk()
        .runs(
            new RunQuery(
                TenantId.DEFAULT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                10));
  }

  private static CommandResult create(CommandService service, String key, String fingerprint) {
    return service.create(
        ANN,
        wanted(SPINE, task("allow", "done"), true),
        Optional.of(key(TenantId.DEFAULT, key, fingerprint)));
  }

  private static CommandResult handle(EngineRig rig, RunId run, Request request, String key) {
    return rig.service()
        .handle(
            ANN,
            run,
            request,
            Optional.of(key(TenantId.DEFAULT, key, request.toString())),
            OptionalLong.empty());
  }

  private static IdempotencyKey key(TenantId tenant, String key, String fingerprint) {
    return new IdempotencyKey(
        key,
        fingerprint,
        done ->
            new KeptAnswer(
                tenant, key, fingerprint, 201, done.run().run().toString(), done.run().view()));
  }
}
