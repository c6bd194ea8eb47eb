package dev.fedcore.server.api;

import dev.fedcore.engine.CommandResult;
import dev.fedcore.engine.CommandResult.Done;
import dev.fedcore.engine.CommandService;
import dev.fedcore.engine.IdempotencyKey;
import dev.fedcore.engine.NewRun;
import dev.fedcore.engine.RunSnapshot;
import dev.fedcore.engine.ledger.KeptAnswer;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.RunId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/// Sends commands through the one door, and carries idempotency, preconditions and waiting from the
/// request's headers to it and back.
public final class Commanding {

  static final String RUNS = "/workflows/runs/";
  private static final String GATES = "/gates/";
  private static final String INPUT = "/input_payload";

  private final CommandService commands;

  public Commanding(CommandService commands) {
    this.commands = commands;
  }

  /// How an operation shows what was done. Also used for an answer that was kept, so it depends on
  /// nothing but its arguments and what a read would find.
  @FunctionalInterface
  public interface Reply {

    /// Writes the answer.
    Response of(Shown shown);
  }

  /// What a command led to.
  ///
  /// @param view the run's JSON
  /// @param gate the one that was opened by the command
  public record Shown(RunId run, Payload view, Optional<GateId> gate) {}

  /// Creates a run.
  public Response create(Request request, JsonObject body, NewRun run, Reply reply) {
    try {
      CommandResult result = commands.create(request.principal(), run, key(request, body, 201));
      return answer(request, result, reply);
    } catch (MalformedInput malformed) {
      throw understood(malformed);
    }
  }

  /// Asks something of a run.
  public Response handle(
      Request request,
      JsonObject body,
      RunId run,
      dev.fedcore.engine.Request command,
      Reply reply) {
    try {
      CommandResult result =
          commands.handle(
              request.principal(),
              run,
              command,
              key(request, body, 200),
              Preconditions.ifMatch(request));
      return answer(request, result, reply);
    } catch (MalformedInput malformed) {
      throw understood(malformed);
    }
  }

  private Response answer(Request request, CommandResult result, Reply reply) {
    return switch (result) {
      case Done done -> done(request, done, reply);
      case CommandResult.Refused(var refusal) ->
          throw new ProblemFound(RefusalProblems.of(refusal));
      case CommandResult.Rejected(var rejection) ->
          throw new ProblemFound(RejectionProblems.of(rejection));
      case CommandResult.Replayed(KeptAnswer kept) ->
          reply.of(shown(kept)).with("Idempotent-Replayed", "true");
    };
  }

  private Response done(Request request, Done done, Reply reply) {
    Optional<Duration> wait = Preconditions.wait(request);
    if (wait.isEmpty()) {
      return tagged(reply, done.run(), done.gate());
    }
    return tagged(reply, later(done, wait.get()), done.gate()).with("Preference-Applied", "wait");
  }

  private RunSnapshot later(Done done, Duration wait) {
    try {
      return commands.await(done.run().run(), wait).orElse(done.run());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return done.run();
    }
  }

  private static Response tagged(Reply reply, RunSnapshot run, Optional<GateId> gate) {
    return reply
        .of(new Shown(run.run(), run.view(), gate))
        .with("ETag", "\"" + run.version() + "\"");
  }

  private static Optional<IdempotencyKey> key(Request request, JsonObject body, int status) {
    return Preconditions.idempotencyKey(request)
        .map(key -> {
          String fingerprint = fingerprint(request, body);
          return new IdempotencyKey(
              key, fingerprint, done -> kept(request, key, fingerprint, status, done));
        });
  }

  private static KeptAnswer kept(
      Request request, String key, String fingerprint, int status, Done done) {
    String location = RUNS + done.run().run() + done.gate().map(gate -> GATES + gate).orElse("");
    return new KeptAnswer(
        request.principal().tenant(), key, fingerprint, status, location, done.run().view());
  }

  /// By which a repetition is told from another request.
  private static String fingerprint(Request request, JsonObject body) {
    String head =
        request.method() + "\n" + request.path() + "\n" + request.principal().actor() + "\n";
    var digest = Sha256.start();
    digest.update(head.getBytes(StandardCharsets.UTF_8));
    return Sha256.hexOf(digest.digest(body.canonicalBytes()));
  }

  private static Shown shown(KeptAnswer kept) {
    String[] names = kept.location().substring(RUNS.length()).split(GATES, 2);
    Optional<GateId> gate =
        names.length == 1 ? Optional.empty() : Optional.of(GateId.parse(names[1]));
    return new Shown(RunId.parse(names[0]), kept.body(), gate);
  }

  /// An input that is well-formed but not what its action takes is told apart from a body that is
  /// not what the operation takes.
  private static RuntimeException understood(MalformedInput malformed) {
    if (!malformed.pointer().startsWith(INPUT)) {
      return malformed;
    }
    return new ProblemFound(
        Problem.at(ProblemKind.INVALID_INPUT, malformed.pointer(), malformed.problem()));
  }
}
