package dev.fedcore.cli.offline;

import dev.fedcore.cli.client.Answer;
import dev.fedcore.cli.client.FedcoreClient;
import dev.fedcore.cli.client.HttpTiles;
import dev.fedcore.cli.client.JsonView;
import dev.fedcore.cli.client.Patience;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.log.EntryBundle;
import dev.fedcore.evidence.log.LogProofs;
import dev.fedcore.evidence.log.TilePath;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.CheckpointTrust;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.TlogProof;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;

/// Builds inclusion proofs from a server's tiles, and believes none that it has not verified.
public final class LogProver {

  /// A checkpoint follows an entry within a second; this allows for a slow host.
  private static final Duration CHECKPOINT_WAIT = Duration.ofSeconds(10);

  private static final int RUN_ENTRIES_MAX = 100_000;
  private static final Pattern INDEX = Pattern.compile("[0-9]{1,15}");

  private final FedcoreClient client;
  private final InstantSource clock;

  /// An entry and its place.
  public record Entry(long index, String hash) {}

  /// A proof, and the checkpoint it leads to.
  public record Proven(TlogProof proof, Checkpoint checkpoint) {}

  /// A note that verified, and what it says.
  private record Signed(String note, Checkpoint checkpoint) {}

  public LogProver(FedcoreClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  /// The entry of that index, or the last one of that run.
  public Entry entry(String indexOrRun) {
    return INDEX.matcher(indexOrRun).matches()
        ? at(Long.parseLong(indexOrRun))
        : lastOf(indexOrRun);
  }

  private Entry at(long index) {
    Checkpoint newest = Checkpoint.parse(checkpointText());
    if (index >= newest.size()) {
      throw new Failure(
          ExitCode.FAILED,
          "the log has %d entries, none with index %d".formatted(newest.size(), index));
    }
    try {
      List<byte[]> bundle =
          EntryBundle.read(new HttpTiles(client), index / TilePath.FULL, newest.size());
      return new Entry(index, Sha256.hexOf(bundle.get((int) (index % TilePath.FULL))));
    } catch (EvidenceRejected e) {
      throw ProofCheck.rejected("the log's entries cannot be read", e);
    }
  }

  private String checkpointText() {
    String note = client.get("/log/checkpoint").orFail().text();
    int end = note.indexOf("\n\n");
    return end < 0 ? note : note.substring(0, end + 1);
  }

  private Entry lastOf(String run) {
    String path = "/workflows/runs/" + FedcoreClient.encoded(run) + "/logs";
    List<JsonObject> entries = client.all(path, "logs", RUN_ENTRIES_MAX);
    if (entries.isEmpty()) {
      throw new Failure(ExitCode.FAILED, "run " + run + " has no entries");
    }
    var last = new JsonView(entries.getLast());
    return new Entry(last.integer("index").orElse(0), last.text("entry_hash"));
  }

  /// Proves `entry` under a checkpoint that covers it, waiting for one if need be.
  public Proven prove(Entry entry, CheckpointTrust trust) {
    Signed signed =
        new Patience(clock, CHECKPOINT_WAIT)
            .until(() -> signed(trust), found -> found.checkpoint().size() > entry.index());
    long size = signed.checkpoint().size();
    if (size <= entry.index()) {
      throw new Failure(
          ExitCode.FAILED,
          "the newest checkpoint covers %d entries, not entry %d".formatted(size, entry.index()));
    }
    try {
      var inclusion = LogProofs.inclusion(new HttpTiles(client), entry.index(), size);
      var proof = new TlogProof(entry.index(), inclusion.hashes(), signed.note());
      return new Proven(proof, proof.verify(Sha256.parseHex(entry.hash()), trust));
    } catch (EvidenceRejected e) {
      throw ProofCheck.rejected("entry %d is not proven".formatted(entry.index()), e);
    }
  }

  private Signed signed(CheckpointTrust trust) {
    Answer note = client.get("/log/checkpoint").orFail();
    return new Signed(note.text(), ProofCheck.checkpoint(note.bytes(), trust));
  }
}
