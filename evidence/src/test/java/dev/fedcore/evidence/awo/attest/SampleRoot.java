package dev.fedcore.evidence.awo.attest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.keys.KeyAlgorithm;
import dev.fedcore.evidence.keys.SigningKey;
import dev.fedcore.evidence.keys.Trust;
import dev.fedcore.evidence.keys.Trust.Role;
import dev.fedcore.evidence.log.DirectoryTiles;
import dev.fedcore.evidence.log.LogProofs;
import dev.fedcore.evidence.log.TileLog;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.note.TlogProof;
import dev.fedcore.evidence.sums.Snapshot;
import dev.fedcore.evidence.sums.Sums;
import dev.fedcore.evidence.verify.Exhibit;
import dev.fedcore.evidence.verify.LogEvidence;
import dev.fedcore.evidence.verify.RunFolder;
import dev.fedcore.evidence.verify.SmallRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A root with runs that are ready to be attested, keys, and a trust in them.
final class SampleRoot {

  static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
  static final String SIGNER = "https://attestor.example/1";
  static final NoteSigner LOG = NoteSigner.generate("log.example/awo");
  static final NoteSigner RUN_LOG = NoteSigner.generate("log.example/runs");
  static final SigningKey KEY = SigningKey.generate(KeyAlgorithm.ED25519);

  /// One for all, since keys remember which signatures were good.
  private static final Trust TRUST = trust(KEY, EnumSet.allOf(Role.class));

  private final Path root;

  SampleRoot(Path root) {
    this.root = root;
  }

  Path root() {
    return root;
  }

  static Trust trust() {
    return TRUST;
  }

  static Trust trust(SigningKey key, Set<Role> roles) {
    return new Trust(
        List.of(NoteVerifier.parse(LOG.verifierKey()), NoteVerifier.parse(RUN_LOG.verifierKey())),
        List.of(new Trust.Attestor(SIGNER, roles, key.verifyingKey())));
  }

  Attestor attestor(SigningKey key) {
    return new Attestor(
        root, new Attestor.Signer(SIGNER, key), LOG, () -> NOW, (_, _) -> List.of());
  }

  /// A run as the AWO runtime leaves it, approved.
  SampleRoot awoRun(String id) {
    put(id, "run_manifest.json", "{\"run_id\":\"%s\",\"workflow\":\"multimodel\"}".formatted(id));
    put(id, "workflow_frozen.json", "{\"name\":\"multimodel\"}");
    put(id, "report.md", "# AWO Run Report — %s\n".formatted(id));
    put(id, "steps/04_fanout.json", "{\"id\":\"fanout\"}");
    put(id, "artifacts/notes/consensus.json", "{\"consensus_text\":\"yes\"}");
    return approved(id);
  }

  /// A Federation Core run with two entries of a log, approved.
  SampleRoot coreRun() {
    var evidence = SmallRun.completed().evidence();
    RunFolder.write(root.resolve("runs"), evidence, Optional.of(logged(evidence.entries())));
    return approved(SmallRun.RUN);
  }

  /// Sums, an approval that is bound to them, and what lies beside.
  SampleRoot approved(String id) {
    Path run = root.resolve("runs").resolve(id);
    Sums sums = Sums.of(Snapshot.read(run));
    put(id, "SHA256SUMS.txt", new String(sums.bytes(), UTF_8));
    put(id, "approval.json", new String(approval(id, "ben", sums.root()), UTF_8));
    put(id, "audit/invariants.json", "{\"invariants_ok\":true,\"reasons\":[]}");
    put(id, "timestamps/finished.json", "{\"at\":\"2026-01-01T09:59:00.000000Z\"}");
    write(
        root.resolve("governance/logs/%s_independence_1.json".formatted(id)),
        "{\"status\":\"APPROVED_BY_INDEPENDENT_REVIEWER\"}");
    return this;
  }

  static byte[] approval(String id, String by, String sha256Root) {
    return JsonObject.builder()
        .put("approved_by", by)
        .put("orchestrator", "ann")
        .put("run_id", id)
        .put("sha256_root", sha256Root)
        .put("workflow_run_url", "https://example.org/runs/" + id)
        .build()
        .canonicalBytes();
  }

  void put(String id, String path, String text) {
    write(root.resolve("runs").resolve(id).resolve(path), text);
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Attests a run and takes it out as one file.
  byte[] bundle(String id) {
    if (attestor(KEY).bind(id) instanceof BindResult.Refused refused) {
      throw new AssertionError(refused.findings().toString());
    }
    return Bundle.ofRun(root, id).archive();
  }

  static BundleReport verify(byte[] bundle) {
    return new BundleVerifier(trust(), NOW).verify(bundle);
  }

  private LogEvidence logged(List<Exhibit> entries) {
    Path directory = root.resolve("server-log");
    var log = TileLog.open(directory, 0);
    log.append(entries.stream().map(entry -> Sha256.parseHex(entry.hash())).toList());
    log.flush();
    var checkpoint = new Checkpoint(RUN_LOG.name(), log.size(), log.root());
    String note = RUN_LOG.sign(checkpoint.text());
    var proofs = new ArrayList<TlogProof>();
    var tiles = new DirectoryTiles(directory);
    for (int index = 0; index < entries.size(); index++) {
      var hashes = LogProofs.inclusion(tiles, index, log.size()).hashes();
      proofs.add(new TlogProof(index, hashes, note));
    }
    return new LogEvidence(note, List.of(RUN_LOG.verifierKey()), proofs);
  }
}
