package dev.fedcore.cli.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.cli.client.Answer;
import dev.fedcore.cli.client.FedcoreClient;
import dev.fedcore.cli.client.HttpTiles;
import dev.fedcore.cli.client.JsonView;
import dev.fedcore.cli.client.Patience;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.log.LogProofs;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.Note;
import dev.fedcore.evidence.note.TlogProof;
import dev.fedcore.evidence.verify.Exhibit;
import dev.fedcore.evidence.verify.RunEvidence;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Fetches a run whole. Believes nothing: what is stated and what is there are kept side by side,
/// for [RunClaims] to compare.
public final class RunCapture {

  /// A checkpoint follows an entry within a second; this allows for a slow host.
  private static final Duration CHECKPOINT_WAIT = Duration.ofSeconds(60);

  private static final int ENTRIES_MAX = 100_000;

  /// Entries as they were hashed.
  private static final String LOGS = "/logs?hashed=true";

  private final FedcoreClient client;
  private final InstantSource clock;

  public RunCapture(FedcoreClient client, InstantSource clock) {
    this.client = client;
    this.clock = clock;
  }

  CapturedRun fetch(String run) {
    String path = "/workflows/runs/" + run;
    String json = client.get(path).orFail().text();
    List<JsonObject> logs = client.all(path + LOGS, "logs", ENTRIES_MAX);
    List<Long> indexes =
        logs.stream().map(entry -> new JsonView(entry).integer("index").orElse(-1)).toList();
    long last = indexes.isEmpty() ? 0 : indexes.getLast();
    String checkpoint = checkpointBeyond(last);
    return new CapturedRun(
        run,
        json,
        logs.stream().map(RunCapture::entry).toList(),
        indexes,
        receipts(path),
        client.all(path + "/gates", "gates", ENTRIES_MAX),
        checkpoint,
        client.get("/log/key").orFail().text().strip(),
        proofs(indexes, checkpoint));
  }

  /// Fetches what a run left: its entries and receipts, and nothing that changes later.
  public RunEvidence evidence(String run) {
    String path = "/workflows/runs/" + FedcoreClient.encoded(run);
    List<JsonObject> logs = client.all(path + LOGS, "logs", ENTRIES_MAX);
    return new RunEvidence(run, logs.stream().map(RunCapture::entry).toList(), receipts(path));
  }

  /// Who made the run: the name that its first entry is committed to, with the salt. Empty once it
  /// has been erased, and for a run of before there were commitments.
  public Optional<JsonObject> orchestrator(String run) {
    String path = "/workflows/runs/" + FedcoreClient.encoded(run);
    JsonView first =
        client.get(path + LOGS + "&limit=1").orFail().json().objects("logs").getFirst();
    return client.all(path + "/disclosures", "disclosures", ENTRIES_MAX).stream()
        .filter(each -> new JsonView(each).text("commitment").equals(first.text("actor_id")))
        .findFirst();
  }

  /// The stored entry: what the server shows, without the two members that it adds.
  static Exhibit entry(JsonObject shown) {
    Map<String, JsonValue> stored = new LinkedHashMap<>(shown.members());
    stored.remove("entry_hash");
    stored.remove("index");
    byte[] bytes = JsonObject.of(stored).canonicalBytes();
    return new Exhibit(new JsonView(shown).text("entry_hash"), bytes);
  }

  private List<Exhibit> receipts(String path) {
    List<JsonView> listed = client.get(path + "/receipts").orFail().json().objects("receipts");
    var receipts = new ArrayList<Exhibit>();
    for (JsonView receipt : listed) {
      String hash = receipt.text("hash");
      receipts.add(new Exhibit(hash, client.get(path + "/receipts/" + hash).orFail().bytes()));
    }
    return receipts;
  }

  private String checkpointBeyond(long index) {
    return new Patience(clock, CHECKPOINT_WAIT)
        .until(() -> client.get("/log/checkpoint").orFail(), note -> size(note) > index)
        .text();
  }

  private static long size(Answer note) {
    try {
      return Checkpoint.parse(Note.parse(note.bytes()).text()).size();
    } catch (EvidenceRejected _) {
      return 0;
    }
  }

  /// A proof for each entry; none at all if the tiles do not give them.
  private List<String> proofs(List<Long> indexes, String checkpoint) {
    try {
      byte[] note = checkpoint.getBytes(UTF_8);
      long size = Checkpoint.parse(Note.parse(note).text()).size();
      var tiles = new HttpTiles(client);
      var proofs = new ArrayList<String>();
      for (long index : indexes) {
        var inclusion = LogProofs.inclusion(tiles, index, size);
        proofs.add(new TlogProof(index, inclusion.hashes(), checkpoint).format());
      }
      return proofs;
    } catch (EvidenceRejected | IllegalArgumentException _) {
      return List.of();
    }
  }
}
