package dev.fedcore.pillars.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.note.Cosigner;
import dev.fedcore.evidence.note.Note.SignatureLine;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.witness.AddCheckpoint;
import dev.fedcore.evidence.witness.WitnessPolicy.Log;
import dev.fedcore.evidence.witness.WitnessRule;
import dev.fedcore.evidence.witness.WitnessRule.Verdict;
import dev.fedcore.http.Access;
import dev.fedcore.http.MediaTypes;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.ProblemType;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.http.limit.RateLimit;
import dev.fedcore.pillars.witness.WitnessSession.Submission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The witness over HTTP: `add-checkpoint` for logs, the newest checkpoints for monitors.
///
/// @see <a href="https://c2sp.org/tlog-witness">C2SP tlog-witness</a>
final class WitnessRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(WitnessRoutes.class);

  /// As the standard has it, for the answer that says what was cosigned last.
  private static final String SIZE = "text/x.tlog.size";

  /// Signatures looked at in a second, of everybody together. A signature costs a core about a
  /// millisecond, and whoever knows a log's name may send one.
  private static final int CHECKED_PER_SECOND = 200;

  /// Checkpoints of one log in a second. A log makes one or two.
  private static final int COSIGNED_PER_SECOND = 20;

  private static final String EVERYBODY = "";

  private final WitnessStore store;
  private final Cosigner cosigner;
  private final Map<String, List<NoteVerifier>> logs;
  private final Map<String, String> originsByHash;
  private final InstantSource clock;
  private final RateLimit checked;
  private final RateLimit cosigned;

  WitnessRoutes(WitnessStore store, Cosigner cosigner, List<Log> logs, InstantSource clock) {
    this.store = store;
    this.cosigner = cosigner;
    this.logs =
        logs.stream()
            .map(Log::key)
            .collect(groupingBy(NoteVerifier::name, TreeMap::new, Collectors.toList()));
    this.originsByHash =
        this.logs.keySet().stream()
            .collect(
                Collectors.toMap(
                    origin -> Sha256.hex(origin.getBytes(UTF_8)), Function.identity()));
    this.clock = clock;
    this.checked = new RateLimit(CHECKED_PER_SECOND, clock);
    this.cosigned = new RateLimit(COSIGNED_PER_SECOND, clock);
  }

  List<Route> routes() {
    var open = new Access.Open();
    return List.of(
        new Route("POST", "/add-checkpoint", open, this::add),
        new Route("GET", "/{log}/checkpoint", open, this::checkpoint),
        new Route("GET", "/key", open, this::key),
        new Route("GET", "/health", open, this::health),
        new Route("GET", "/openapi.json", open, _ -> openApi()));
  }

  private Response add(Request request) {
    AddCheckpoint asked = parsed(request.body(AddCheckpoint.BYTES_MAX));
    String origin = asked.checkpoint().origin();
    List<NoteVerifier> keys = logs.get(origin);
    if (keys == null) {
      throw problem(WitnessProblem.UNKNOWN_LOG, "this witness does not know the log " + origin);
    }
    requireRate(checked, EVERYBODY);
    List<SignatureLine> signatures = WitnessRule.signed(asked, keys);
    if (signatures.isEmpty()) {
      throw problem(
          WitnessProblem.NOT_SIGNED_BY_LOG, "no known key of the log " + origin + " signed this");
    }
    requireRate(cosigned, origin);
    var answer = store.judge(new Submission(asked, signatures, clock.instant()), cosigner);
    return switch (answer.verdict()) {
      case Verdict.Cosign _ ->
          Response.of(200, MediaTypes.TEXT, answer.line().orElseThrow().getBytes(UTF_8));
      case Verdict.Backwards _ ->
          throw problem(
              WitnessProblem.OLD_SIZE_TOO_LARGE,
              "the old size, %d, is larger than the checkpoint's, %d"
                  .formatted(asked.oldSize(), asked.checkpoint().size()));
      case Verdict.Stale(long size) -> size(size);
      case Verdict.Fork(long size) -> {
        warn("fork", asked);
        yield size(size);
      }
      case Verdict.Unproven(String why) -> {
        warn("not_consistent", asked);
        throw problem(WitnessProblem.NOT_CONSISTENT, why);
      }
    };
  }

  private static AddCheckpoint parsed(byte[] body) {
    try {
      return AddCheckpoint.parse(body);
    } catch (MalformedInput e) {
      throw problem(ProblemKind.MALFORMED_REQUEST, e.problem());
    }
  }

  private static void requireRate(RateLimit limit, String name) {
    if (!limit.take(name, 1)) {
      throw new ProblemFound(
          Problem.of(WitnessProblem.TOO_MANY_REQUESTS, "ask again in a second")
              .withHeader("Retry-After", "1"));
    }
  }

  private static Response size(long size) {
    return Response.of(409, SIZE, (size + "\n").getBytes(UTF_8));
  }

  /// A log that signs what does not fit is news, and its signature is the proof.
  private static void warn(String what, AddCheckpoint asked) {
    LOG.warn(
        "event=checkpoint_refused why={} origin=\"{}\" size={} root={}",
        what,
        asked.checkpoint().origin(),
        asked.checkpoint().size(),
        Sha256.hexOf(asked.checkpoint().root()));
  }

  private Response checkpoint(Request request) {
    String origin = originsByHash.get(request.parameter("log"));
    if (origin == null) {
      throw problem(
          WitnessProblem.UNKNOWN_LOG,
          "a log is named by the SHA-256 of its origin, in hexadecimal");
    }
    String note =
        store
            .note(origin)
            .orElseThrow(() ->
                problem(
                    WitnessProblem.NOTHING_COSIGNED,
                    "nothing of the log " + origin + " was cosigned yet"));
    return Response.of(200, MediaTypes.TEXT, note.getBytes(UTF_8));
  }

  private Response key(Request request) {
    return Response.of(200, MediaTypes.TEXT, (cosigner.verifierKey() + "\n").getBytes(UTF_8));
  }

  private Response health(Request request) {
    return Response.json(
        200,
        JsonObject.builder()
            .put("service", "witness")
            .put("status", "healthy")
            .put("name", cosigner.name())
            .put("logs", logs.size())
            .build());
  }

  private static Response openApi() {
    try (var stream =
        Objects.requireNonNull(WitnessRoutes.class.getResourceAsStream("openapi.json"))) {
      return Response.of(200, MediaTypes.JSON, stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProblemFound problem(ProblemType kind, String detail) {
    return new ProblemFound(Problem.of(kind, detail));
  }
}
