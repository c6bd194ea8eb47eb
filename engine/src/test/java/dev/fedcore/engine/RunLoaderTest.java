package dev.fedcore.engine;

import static dev.fedcore.engine.EngineRig.ANN;
import static dev.fedcore.engine.EngineRig.BEN;
import static dev.fedcore.engine.EngineRig.CAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.Request.ReportStep.Kind;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.kernel.gate.Vote.Choice;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.run.RunStatus;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A run that is read from the ledger before every request goes on exactly as one that was in
/// memory all the time: entry by entry, receipt by receipt, byte by byte.
class RunLoaderTest {

  /// What happens in one run, from its beginning.
  record Story(String name, Consumer<EngineRig> telling) {

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Story> stories() {
    return Stream.concat(gateStories().stream(), otherStories().stream()).toList();
  }

  private static List<Story> gateStories() {
    return List.of(
        new Story("completed", rig -> rig.run("allow", "done")),
        new Story(
            "approved",
            rig -> {
              RunId run = rig.run("flag", "done");
              rig.done(BEN, run, GateTest.approve(rig, run));
            }),
        new Story(
            "quorum on hold",
            rig -> {
              RunId run = rig.run("flag_quorum", "done");
              rig.done(ANN, run, new Request.Pause("wait"));
              rig.done(BEN, run, GateTest.approve(rig, run));
              rig.done(CAT, run, GateTest.approve(rig, run));
              rig.done(ANN, run, new Request.Resume());
            }),
        new Story(
            "rejected",
            rig -> {
              RunId run = rig.run("flag", "done");
              rig.done(
                  BEN,
                  run,
                  GateTest.vote(rig, run, Choice.REJECT, Optional.empty(), Optional.empty()));
            }));
  }

  private static List<Story> otherStories() {
    return List.of(
        new Story(
            "overridden",
            rig -> {
              RunId run = rig.run("flag_override", "done");
              rig.done(
                  ANN,
                  run,
                  GateTest.vote(rig, run, Choice.APPROVE, Optional.empty(), Optional.of("now")));
            }),
        new Story(
            "expired",
            rig -> {
              RunId run = rig.run("flag", "done");
              rig.advance(RulePolicy.EXPIRES_IN);
              rig.service().expireGates();
              rig.refused(ANN, run, new Request.Resume());
            }),
        new Story(
            "retried at a gate",
            rig -> {
              RunId run = rig.run("flag", "not_now,done");
              rig.done(BEN, run, GateTest.approve(rig, run));
              rig.done(ANN, run, new Request.Retry(Optional.empty()));
              rig.done(CAT, run, GateTest.approve(rig, run));
            }),
        new Story(
            "settled by a person",
            rig -> {
              RunId run = rig.run("flag", "doubt_unknowable,done");
              rig.done(BEN, run, GateTest.approve(rig, run));
              rig.done(ANN, run, DoubtTest.settle(false));
              rig.done(ANN, run, new Request.Retry(Optional.empty()));
              rig.done(ANN, run, new Request.Cancel("enough"));
            }),
        new Story(
            "reported",
            rig -> {
              RunId run = ExternalRunTest.external(rig, "allow");
              rig.ask(ANN, run, ExternalRunTest.report(1, Kind.RUNNING));
              rig.ask(ANN, run, ExternalRunTest.report(1, Kind.COMPLETED));
              rig.ask(ANN, run, ExternalRunTest.gate(2));
              rig.ask(BEN, run, GateTest.approve(rig, run));
              rig.ask(ANN, run, ExternalRunTest.report(2, Kind.COMPLETED));
              rig.ask(ANN, run, ExternalRunTest.report(3, Kind.SKIPPED));
              rig.ask(ANN, run, ExternalRunTest.gate(4));
              rig.ask(BEN, run, GateTest.approve(rig, run));
              rig.ask(ANN, run, ExternalRunTest.report(4, Kind.FAILED));
              rig.ask(ANN, run, new Request.Retry(Optional.empty()));
              rig.ask(ANN, run, ExternalRunTest.report(4, Kind.COMPLETED));
              rig.ask(ANN, run, new Request.Complete());
              assertThat(rig.status(run)).isEqualTo(RunStatus.COMPLETED);
            }));
  }

  @ParameterizedTest
  @MethodSource("stories")
  void brings_a_run_back_so_that_it_goes_on_as_if_it_had_never_been_away(Story story) {
    try (var warm = EngineRig.started();
        var cold = EngineRig.forgetful()) {
      story.telling().accept(warm);
      story.telling().accept(cold);

      assertThat(log(cold)).isEqualTo(log(warm));
      RunId run = RunId.parse(log(warm).getFirst().stream().value());
      assertThat(cold.row(run)).isEqualTo(warm.row(run));
      assertThat(cold.disk().receipts(run)).isEqualTo(warm.disk().receipts(run));
      assertThat(cold.disk().gates(run)).isEqualTo(warm.disk().gates(run));
    }
  }

  private static List<LoggedEntry> log(EngineRig rig) {
    return rig.disk().log(0, Ledger.ROWS_MAX);
  }
}
