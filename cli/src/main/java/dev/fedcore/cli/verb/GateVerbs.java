package dev.fedcore.cli.verb;

import dev.fedcore.cli.client.Answer;
import dev.fedcore.cli.client.FedcoreClient;
import dev.fedcore.cli.client.JsonView;
import dev.fedcore.cli.screen.GateScreen;
import dev.fedcore.cli.screen.GatedAction;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.evidence.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fedcore gate …`: look at what waits for people, and answer it.
@Command(name = "gate", description = "Look at what waits for approval, and answer it.")
final class GateVerbs {

  private static final List<String> STATUSES =
      List.of("PENDING", "APPROVED", "REJECTED", "EXPIRED", "CANCELLED");

  private final Surroundings surroundings;
  private final Fedcore fedcore;

  @Mixin private final ServerOptions server = new ServerOptions();

  GateVerbs(Surroundings surroundings, Fedcore fedcore) {
    this.surroundings = surroundings;
    this.fedcore = fedcore;
  }

  @Command(description = "List gates, those that expire first at the top.")
  int list(
      @Option(
              names = "--status",
              paramLabel = "STATUS",
              defaultValue = "PENDING",
              description = "Gates in this status; PENDING if not said.")
          String status) {
    try (FedcoreClient client = server.connect(surroundings)) {
      Answer answer = gates(client, status).orFail();
      if (fedcore.json()) {
        surroundings.terminal().bytes(answer.bytes());
      } else {
        new GateScreen(surroundings).list(answer.json().objects("gates"));
      }
      return ExitCode.OK.number();
    }
  }

  @Command(description = "Show what will happen, why it stopped, who asked, and until when.")
  int show(
      @Parameters(paramLabel = "GATE", description = "The gate's id.") String gate,
      @Option(names = "--run", paramLabel = "RUN", description = "Its run, which finds it faster.")
          Optional<String> run) {
    try (FedcoreClient client = server.connect(surroundings)) {
      JsonView found = find(client, gate, run);
      JsonObject subject = new GatedAction(client).of(found);
      if (fedcore.json()) {
        surroundings.terminal().json(found.object().with("action", subject));
      } else {
        new GateScreen(surroundings).show(found, new JsonView(subject));
      }
      return ExitCode.OK.number();
    }
  }

  @Command(description = "Approve exactly the action that the gate shows.")
  int approve(
      @Parameters(paramLabel = "GATE", description = "The gate's id.") String gate,
      @Option(names = "--comment", paramLabel = "TEXT", description = "Kept with the vote.")
          Optional<String> comment,
      @Option(
              names = "--override",
              paramLabel = "REASON",
              description =
                  "Approve your own request, where the tier allows it; kept in the audit.")
          Optional<String> override,
      @Option(names = "--run", paramLabel = "RUN", description = "Its run, which finds it faster.")
          Optional<String> run) {
    var body = JsonObject.builder().put("status", "APPROVED");
    comment.ifPresent(text -> body.put("comment", text));
    override.ifPresent(text -> body.put("override_reason", text));
    return vote(gate, run, body);
  }

  @Command(description = "Reject it; the run fails, and nothing is done.")
  int reject(
      @Parameters(paramLabel = "GATE", description = "The gate's id.") String gate,
      @Option(
              names = "--reason",
              required = true,
              paramLabel = "TEXT",
              description = "Why; kept with the vote.")
          String reason,
      @Option(names = "--run", paramLabel = "RUN", description = "Its run, which finds it faster.")
          Optional<String> run) {
    var body = JsonObject.builder().put("status", "REJECTED").put("rejection_reason", reason);
    return vote(gate, run, body);
  }

  /// Votes for what is shown: the digest of the action goes with the vote, so that a gate whose
  /// action is another one by now refuses it.
  private int vote(String id, Optional<String> run, JsonObject.Builder body) {
    try (FedcoreClient client = server.connect(surroundings)) {
      JsonView gate = find(client, id, run);
      if (!fedcore.json()) {
        var subject = new JsonView(new GatedAction(client).of(gate));
        new GateScreen(surroundings).subject(gate, subject);
      }
      if (gate.has("action_hash")) {
        body.put("action_hash", gate.text("action_hash"));
      }
      Answer answer = client.patch(path(gate.text("run_id"), id), body.build()).orFail();
      if (fedcore.json()) {
        surroundings.terminal().bytes(answer.bytes());
      } else {
        new GateScreen(surroundings).outcome(answer.json());
      }
      return ExitCode.OK.number();
    }
  }

  private static JsonView find(FedcoreClient client, String gate, Optional<String> run) {
    if (run.isPresent()) {
      return client.get(path(run.get(), gate)).orFail().json();
    }
    return STATUSES.stream()
        .flatMap(status -> gates(client, status).orFail().json().objects("gates").stream())
        .filter(candidate -> candidate.text("gate_id").equals(gate))
        .findFirst()
        .orElseThrow(() -> unknown(gate));
  }

  private static Failure unknown(String gate) {
    return new Failure(
        ExitCode.FAILED,
        "there is no gate %s among the newest; see fedcore gate list, or give --run"
            .formatted(gate));
  }

  private static Answer gates(FedcoreClient client, String status) {
    String word = FedcoreClient.encoded(status.toUpperCase(Locale.ROOT));
    return client.get("/gates?limit=200&status=" + word);
  }

  private static String path(String run, String gate) {
    return "/workflows/runs/%s/gates/%s"
        .formatted(FedcoreClient.encoded(run), FedcoreClient.encoded(gate));
  }
}
