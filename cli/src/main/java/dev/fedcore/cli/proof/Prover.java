package dev.fedcore.cli.proof;

import dev.fedcore.cli.client.FedcoreClient;
import dev.fedcore.cli.client.Target;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Runs all trials, one after the other, against one server.
public final class Prover {

  private static final List<Trial> TRIALS =
      List.of(
          SpineTrials.HAPPY,
          SpineTrials.FLAG,
          SpineTrials.DENY,
          ControlTrials.PAUSE,
          ControlTrials.RETRY,
          ControlTrials.REJECTED,
          ControlTrials.EXPIRED,
          ControlTrials.SELF,
          ControlTrials.CANCEL);

  private final List<Trial> trials;
  private final Target operator;
  private final Target approver;
  private final InstantSource clock;
  private final Consumer<Claim> watcher;

  /// @param operator starts runs
  /// @param approver answers gates; another person at the same server
  /// @param watcher is told every claim as it is made
  public Prover(Target operator, Target approver, InstantSource clock, Consumer<Claim> watcher) {
    this(TRIALS, operator, approver, clock, watcher);
  }

  /// @param trials only these
  Prover(
      List<Trial> trials,
      Target operator,
      Target approver,
      InstantSource clock,
      Consumer<Claim> watcher) {
    this.trials = List.copyOf(trials);
    this.operator = operator;
    this.approver = approver;
    this.clock = clock;
    this.watcher = watcher;
  }

  public Proof run() {
    Instant at = clock.instant();
    JsonObject server;
    try (var client = new FedcoreClient(operator)) {
      server = client.get("/version").orFail().object();
    }
    String mark = Long.toHexString(at.toEpochMilli());
    List<TrialResult> results = trials.stream().map(trial -> run(trial, mark)).toList();
    return new Proof(results, server, at);
  }

  private TrialResult run(Trial trial, String mark) {
    var transcript = new Transcript();
    try (var first = new FedcoreClient(operator, transcript::add);
        var second = new FedcoreClient(approver, transcript::add)) {
      var bench = new Bench(trial, new Actors(first, second), clock, mark);
      var claims = new ArrayList<Claim>();
      var runs = new ArrayList<CapturedRun>();
      course(bench);
      claims.addAll(bench.claims());
      for (String run : bench.runs()) {
        capture(trial, run, claims, runs);
      }
      claims.forEach(watcher);
      return new TrialResult(trial, claims, runs, transcript.lines());
    }
  }

  /// A request that fails ends the trial, and is a claim that did not hold.
  private static void course(Bench bench) {
    try {
      bench.trial().course().run(bench);
    } catch (Failure failure) {
      bench.claim("the trial went through", "no problem", failure.sentence());
    }
  }

  private void capture(Trial trial, String run, List<Claim> claims, List<CapturedRun> runs) {
    try (var quiet = new FedcoreClient(operator)) {
      CapturedRun captured = new RunCapture(quiet, clock).fetch(run);
      runs.add(captured);
      claims.addAll(RunClaims.of(trial.name(), captured));
    } catch (Failure failure) {
      claims.add(new Claim(trial.name(), "run " + run + " was fetched", false, failure.sentence()));
    } catch (MalformedInput e) {
      claims.add(new Claim(trial.name(), "run " + run + " can be read", false, e.problem()));
    }
  }
}
