package dev.fedcore.cli.offline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.cli.client.Answer;
import dev.fedcore.cli.client.FedcoreClient;
import dev.fedcore.cli.client.HttpTiles;
import dev.fedcore.cli.client.Target;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.log.LogProofs;
import dev.fedcore.evidence.log.LogWalk;
import dev.fedcore.evidence.log.TileSource;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.CheckpointTrust;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.Note;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.verify.Finding;
import dev.fedcore.evidence.verify.LogVerifier;
import dev.fedcore.evidence.verify.VerificationReport;
import dev.fedcore.evidence.witness.WitnessPolicy;
import dev.fedcore.evidence.witness.WitnessPolicy.Witness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// Reads a whole log from its server, works its root out again, and compares its head with what its
/// witnesses saw. Finds a log that shows different people different pasts.
public final class LogMonitor {

  private static final String CHECKPOINT = "checkpoint";

  private final TileSource tiles;
  private final WitnessPolicy policy;
  private final Consumer<String> progress;
  private final List<Finding> findings = new ArrayList<>();

  /// What was seen.
  ///
  /// @param head what the log shows, if it may be believed
  /// @param note as it was fetched
  /// @param heads of witnesses that answered
  public record Seen(
      Optional<Checkpoint> head, String note, List<Head> heads, List<Finding> findings) {

    /// Whether nothing was found.
    public boolean isSound() {
      return findings.isEmpty();
    }
  }

  /// What a witness cosigned last.
  public record Head(String witness, Checkpoint checkpoint) {}

  private LogMonitor(TileSource tiles, WitnessPolicy policy, Consumer<String> progress) {
    this.tiles = tiles;
    this.policy = policy;
    this.progress = progress;
  }

  /// Monitors the log behind `client`.
  ///
  /// @param kept a checkpoint that was fetched earlier: the log must have grown out of it
  public static Seen look(
      FedcoreClient client,
      WitnessPolicy policy,
      Optional<byte[]> kept,
      Consumer<String> progress) {
    byte[] note = client.get("/log/checkpoint").orFail().bytes();
    return new LogMonitor(new HttpTiles(client), policy, progress).look(note, kept);
  }

  private Seen look(byte[] note, Optional<byte[]> kept) {
    Optional<Checkpoint> head = open(note);
    var heads = new ArrayList<Head>();
    head.ifPresent(checkpoint -> {
      reread(checkpoint);
      kept.ifPresent(older -> compareWithKept(older, note));
      heads.addAll(heads(checkpoint));
      heads.forEach(witnessed -> compare(checkpoint, witnessed));
    });
    return new Seen(head, new String(note, UTF_8), List.copyOf(heads), List.copyOf(findings));
  }

  private Optional<Checkpoint> open(byte[] note) {
    try {
      return Optional.of(policy.open(note));
    } catch (EvidenceRejected e) {
      find(CHECKPOINT, e.reason());
      return Optional.empty();
    }
  }

  private void reread(Checkpoint checkpoint) {
    try {
      LogWalk walk = LogWalk.over(tiles, checkpoint.size(), progress);
      walk.differences()
          .forEach(path -> find(path, "the tile is missing, or is not what the entries make it"));
      if (!Arrays.equals(walk.root(), checkpoint.root())) {
        find(CHECKPOINT, "the root over the log's entries is not the signed one");
      }
    } catch (EvidenceRejected e) {
      find("entries", e.reason());
    }
  }

  /// The quorum may have been another then; the log's own signature is what binds it.
  private void compareWithKept(byte[] older, byte[] newer) {
    VerificationReport grown =
        LogVerifier.verifyGrowth(older, newer, tiles, CheckpointTrust.inKeys(policy.logs()));
    findings.addAll(grown.findings());
  }

  private List<Head> heads(Checkpoint shown) {
    var heads = new ArrayList<Head>();
    Set<String> heard = new HashSet<>();
    for (Witness witness : policy.witnesses()) {
      if (witness.url().isEmpty()) {
        continue;
      }
      Optional<byte[]> note = fetch(witness, shown.origin());
      if (note.isPresent()) {
        heard.add(witness.name());
        head(witness, shown.origin(), note.get()).ifPresent(heads::add);
      }
    }
    if (!policy.quorum().isMetBy(heard)) {
      find("witnesses", "too few could be asked to compare heads: " + String.join(", ", heard));
    }
    return heads;
  }

  private Optional<byte[]> fetch(Witness witness, String origin) {
    String path = "/" + Sha256.hex(origin.getBytes(UTF_8)) + "/checkpoint";
    var target =
        new Target(
            witness.url().orElseThrow().toString(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    try (var client = new FedcoreClient(target)) {
      Answer answer = client.get(path);
      if (answer.succeeded()) {
        return Optional.of(answer.bytes());
      }
      progress.accept("witness %s answers %d".formatted(witness.name(), answer.status()));
    } catch (Failure _) {
      progress.accept("witness %s does not answer".formatted(witness.name()));
    }
    return Optional.empty();
  }

  /// A head that counts has the witness's cosignature, and the log's signature: both are on record.
  private Optional<Head> head(Witness witness, String origin, byte[] bytes) {
    String where = "witness " + witness.name();
    try {
      Note note = Note.parse(bytes);
      Checkpoint checkpoint = Checkpoint.parse(note.text());
      List<NoteVerifier> logs =
          policy.logs().stream().filter(log -> note.signatureOf(log).isPresent()).toList();
      if (note.signatureOf(witness.key()).isEmpty()
          || logs.isEmpty()
          || !checkpoint.origin().equals(origin)) {
        find(where, "its head of this log lacks its cosignature or the log's signature");
        return Optional.empty();
      }
      return Optional.of(new Head(witness.name(), checkpoint));
    } catch (EvidenceRejected e) {
      find(where, "its head of this log cannot be believed: " + e.reason());
      return Optional.empty();
    }
  }

  private void compare(Checkpoint shown, Head witnessed) {
    Checkpoint head = witnessed.checkpoint();
    String where = "witness " + witnessed.witness();
    try {
      boolean isSame = Arrays.equals(LogProofs.root(tiles, head.size()), head.root());
      if (!isSame || !continues(shown, head)) {
        find(
            where,
            "the log is forked: it signed for this witness another root of size %,d than it shows"
                .formatted(head.size()));
      }
    } catch (EvidenceRejected e) {
      find(
          where,
          "the log hides entries: this witness saw %,d, and %s".formatted(head.size(), e.reason()));
    }
  }

  /// A witness may be ahead of what is published, while the quorum is not yet met.
  private boolean continues(Checkpoint shown, Checkpoint head) {
    return head.size() <= shown.size()
        || shown.size() == 0
        || LogProofs.consistency(tiles, shown.size(), head.size())
            .verify(shown.root(), head.root());
  }

  private void find(String where, String what) {
    findings.add(new Finding(Finding.LOG, where, what));
  }
}
