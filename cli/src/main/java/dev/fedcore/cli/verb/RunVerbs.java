package dev.fedcore.cli.verb;

import dev.fedcore.cli.client.Answer;
import dev.fedcore.cli.client.FedcoreClient;
import dev.fedcore.cli.screen.RunScreen;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Inputs;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.evidence.json.JsonObject;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fedcore run …`: start, look at and steer runs.
@Command(name = "run", description = "Start, look at and steer runs.")
final class RunVerbs {

  private static final int WAIT_SECONDS_MAX = 60;

  private final Surroundings surroundings;
  private final Fedcore fedcore;

  @Mixin private final ServerOptions server = new ServerOptions();

  RunVerbs(Surroundings surroundings, Fedcore fedcore) {
    this.surroundings = surroundings;
    this.fedcore = fedcore;
  }

  @Command(description = "Start a run; says 1 if it was waited for and FAILED.")
  int start(
      @Parameters(paramLabel = "WORKFLOW", description = "The workflow's id.") String workflow,
      @Option(
              names = "--input",
              paramLabel = "JSON|@FILE",
              defaultValue = "{}",
              description = "The run's input, a JSON object.")
          String input,
      @Option(
              names = "--workflow-version",
              paramLabel = "VERSION",
              description = "Which version; the newest if not said.")
          Optional<String> version,
      @Option(
              names = "--gate-timeout",
              paramLabel = "SECONDS",
              description = "How long a gate of this run waits for people.")
          Optional<Long> gateTimeout,
      @Option(
              names = "--wait",
              paramLabel = "SECONDS",
              description = "Wait until the run is over or paused; 1 to 60.")
          Optional<Integer> wait,
      @Option(names = "--pending", description = "Only create the run.") boolean pending) {
    var body =
        JsonObject.builder()
            .put("workflow_id", workflow)
            .put("input_payload", Inputs.json(surroundings, "--input", input))
            .put("start", !pending);
    version.ifPresent(text -> body.put("workflow_version", text));
    gateTimeout.ifPresent(seconds -> body.put("gate_timeout_seconds", seconds));
    int seconds = Math.clamp(wait.orElse(0), 0, WAIT_SECONDS_MAX);
    try (FedcoreClient client = server.connect(surroundings)) {
      Answer answer = client.waiting("POST", "/workflows/runs", body.build(), seconds).orFail();
      show(answer);
      boolean failed = wait.isPresent() && answer.json().text("status").equals("FAILED");
      return failed ? ExitCode.FAILED.number() : ExitCode.OK.number();
    }
  }

  @Command(description = "Show a run: its steps, decisions, receipts and last audit lines.")
  int show(@Parameters(paramLabel = "RUN", description = "The run's id.") String run) {
    try (FedcoreClient client = server.connect(surroundings)) {
      Answer answer = client.get(path(run) + "?include_logs=true").orFail();
      if (fedcore.json()) {
        surroundings.terminal().bytes(answer.bytes());
      } else {
        new RunScreen(surroundings).show(answer.json());
      }
      return ExitCode.OK.number();
    }
  }

  @Command(description = "List runs, newest first.")
  int list(
      @Option(names = "--status", paramLabel = "STATUS", description = "Only runs in this status.")
          Optional<String> status,
      @Option(names = "--workflow", paramLabel = "ID", description = "Only runs of this workflow.")
          Optional<String> workflow,
      @Option(names = "--of", paramLabel = "ACTOR", description = "Only runs of this actor.")
          Optional<String> of,
      @Option(
              names = "--limit",
              paramLabel = "N",
              defaultValue = "20",
              description = "How many; 1 to 200, 20 if not said.")
          int limit) {
    var path = new StringBuilder("/workflows/runs?limit=").append(limit);
    status.ifPresent(text -> path.append("&status=").append(FedcoreClient.encoded(text)));
    workflow.ifPresent(text -> path.append("&workflow_id=").append(FedcoreClient.encoded(text)));
    of.ifPresent(text -> path.append("&actor_id=").append(FedcoreClient.encoded(text)));
    try (FedcoreClient client = server.connect(surroundings)) {
      Answer answer = client.get(path.toString()).orFail();
      if (fedcore.json()) {
        surroundings.terminal().bytes(answer.bytes());
      } else {
        new RunScreen(surroundings).list(answer.json().objects("runs"));
      }
      return ExitCode.OK.number();
    }
  }

  @Command(description = "Hold a run before its next action.")
  int pause(
      @Parameters(paramLabel = "RUN", description = "The run's id.") String run,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              description = "Why; kept in the audit trail.")
          Optional<String> reason) {
    return move(run, "PAUSED", reason);
  }

  @Command(description = "Let a paused run go on.")
  int resume(@Parameters(paramLabel = "RUN", description = "The run's id.") String run) {
    return move(run, "RUNNING", Optional.empty());
  }

  @Command(description = "End a run for good.")
  int cancel(
      @Parameters(paramLabel = "RUN", description = "The run's id.") String run,
      @Option(
              names = "--reason",
              paramLabel = "TEXT",
              description = "Why; kept in the audit trail.")
          Optional<String> reason) {
    return move(run, "CANCELLED", reason);
  }

  @Command(description = "Try a failed step again: a new attempt, and a new decision.")
  int retry(
      @Parameters(paramLabel = "RUN", description = "The run's id.") String run,
      @Option(names = "--step", paramLabel = "STEP", description = "Which step; the failed one.")
          Optional<String> step) {
    var body = JsonObject.builder();
    step.ifPresent(id -> body.put("step_id", id));
    try (FedcoreClient client = server.connect(surroundings)) {
      show(client.post(path(run) + "/retry", body.build()).orFail());
      return ExitCode.OK.number();
    }
  }

  private int move(String run, String status, Optional<String> reason) {
    var body = JsonObject.builder().put("status", status);
    reason.ifPresent(text -> body.put("reason", text));
    try (FedcoreClient client = server.connect(surroundings)) {
      show(client.patch(path(run) + "/status", body.build()).orFail());
      return ExitCode.OK.number();
    }
  }

  private void show(Answer answer) {
    if (fedcore.json()) {
      surroundings.terminal().bytes(answer.bytes());
    } else {
      new RunScreen(surroundings).brief(answer.json());
    }
  }

  private static String path(String run) {
    return "/workflows/runs/" + FedcoreClient.encoded(run);
  }
}
