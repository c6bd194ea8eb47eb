package dev.fedcore.evidence.awo.attest;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Findings;
import dev.fedcore.evidence.dsse.Envelope;
import dev.fedcore.evidence.dsse.LogLeaf;
import dev.fedcore.evidence.dsse.SigstoreBundle;
import dev.fedcore.evidence.keys.SigningKey;
import dev.fedcore.evidence.note.DurableFile;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.note.TlogProof;
import dev.fedcore.evidence.receipt.Timestamp;
import dev.fedcore.evidence.sums.HashedRegion;
import dev.fedcore.evidence.sums.Integrity;
import dev.fedcore.evidence.sums.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Attests finished runs: verifies, signs, logs, and publishes `governance/attestations/<run>/` by
/// one rename. The same run, key and log give the same bytes, as long as the key is Ed25519.
///
/// Writes the run's folder last of all: what is added to `audit/` or `timestamps/` after it is not
/// attested, and a verifier will say so.
public final class Attestor {

  private final Path root;
  private final Path log;
  private final Signer signer;
  private final NoteSigner logSigner;
  private final InstantSource clock;
  private final RunCheck further;

  /// Who signs.
  ///
  /// @param name which statements carry, and a trust file must name; a URI
  public record Signer(String name, SigningKey key) {}

  /// An attestor for all runs of one root.
  ///
  /// @param root the folder that holds `runs/` and `governance/`
  /// @param logSigner of the log below `governance/log`; its name is the log's origin
  /// @param further what must hold beyond integrity and approval
  public Attestor(
      Path root, Signer signer, NoteSigner logSigner, InstantSource clock, RunCheck further) {
    this(root, root, signer, logSigner, clock, further);
  }

  /// An attestor for runs that are put together apart from the root that they will be in.
  ///
  /// @param logRoot whose log below `governance/log` the attestations are entered into
  public Attestor(
      Path root,
      Path logRoot,
      Signer signer,
      NoteSigner logSigner,
      InstantSource clock,
      RunCheck further) {
    this.root = root;
    this.log = logRoot.resolve(Layout.LOG);
    this.signer = signer;
    this.logSigner = logSigner;
    this.clock = clock;
    this.further = further;
  }

  /// Attests a run, or says everything that speaks against it.
  public BindResult bind(String runId) {
    var findings = new Findings();
    Optional<AttestedRun> run = valid(runId, findings);
    if (run.isEmpty() || !findings.isEmpty()) {
      return new BindResult.Refused(findings.all());
    }
    Path folder = root.resolve(Layout.attestation(runId));
    publish(folder, files(run.get()), times(run.get()));
    return new BindResult.Bound(
        folder,
        run.get().root(),
        run.get().archive().hash(),
        Statements.identityHash(run.get().approval().approvedBy()));
  }

  private Optional<AttestedRun> valid(String runId, Findings findings) {
    if (!Layout.isRunId(runId)) {
      findings.add(AwoCode.STR_001, "", "no run can be called that");
      return Optional.empty();
    }
    if (Files.exists(root.resolve(Layout.attestation(runId)), LinkOption.NOFOLLOW_LINKS)) {
      findings.add(
          AwoCode.REP_001, Layout.attestation(runId), "this run is attested already, for ever");
      return Optional.empty();
    }
    Snapshot files = Snapshot.read(root.resolve(Layout.run(runId)));
    Integrity integrity = Integrity.verify(files);
    findings.addAll(integrity.findings());
    if (!integrity.verified()) {
      return Optional.empty();
    }
    findings.addAll(ChainCheck.findings(runId, files, List.of()));
    findings.addAll(further.check(root, runId));
    return AttestedRun.read(runId, files, integrity.root(), findings);
  }

  /// All files of the attestation's folder.
  private Map<String, byte[]> files(AttestedRun run) {
    var statements = new Statements(run, signer.name());
    var documents = new Documents(run, signer.name(), signer.key().verifyingKey());
    var files = new TreeMap<String, byte[]>();
    files.put(Layout.JSON, documents.json());
    files.put(Layout.TEXT, documents.text());
    files.put(Layout.GUIDE, documents.verifyGuide());
    files.put(Layout.archive(run.runId()), run.archive().bytes());

    var envelopes = new LinkedHashMap<String, Envelope>();
    var inputs = new TreeMap<String, byte[]>();
    var first = new LinkedHashMap<String, byte[]>();
    first.put(Layout.PROVENANCE, statements.provenance());
    first.putAll(statements.approvals());
    first.forEach((name, statement) -> {
      Envelope envelope = Envelope.sign(statement, signer.key());
      envelopes.put(name, envelope);
      inputs.put(name + Layout.ENVELOPE, envelope.bytes());
    });
    byte[] verification = statements.verification(documents.json(), inputs);
    envelopes.put(Layout.VERIFICATION, Envelope.sign(verification, signer.key()));
    logged(envelopes, files);
    return files;
  }

  private void logged(Map<String, Envelope> envelopes, Map<String, byte[]> files) {
    var key = signer.key().verifyingKey();
    var verifier = NoteVerifier.parse(logSigner.verifierKey());
    List<byte[]> leaves = envelopes.values().stream().map(e -> LogLeaf.of(e, key)).toList();
    List<TlogProof> proofs = new AttestationLog(log, logSigner).append(leaves);
    int next = 0;
    for (Map.Entry<String, Envelope> envelope : envelopes.entrySet()) {
      TlogProof proof = proofs.get(next++);
      String name = envelope.getKey();
      files.put(name + Layout.ENVELOPE, envelope.getValue().bytes());
      files.put(name + Layout.PROOF, proof.format().getBytes(StandardCharsets.UTF_8));
      files.put(name + Layout.BUNDLE, SigstoreBundle.of(envelope.getValue(), key, proof, verifier));
      files.put(Layout.CHECKPOINT, proof.checkpoint().getBytes(StandardCharsets.UTF_8));
    }
  }

  private byte[] times(AttestedRun run) {
    Snapshot governance = Snapshot.read(root.resolve(Layout.LOGS));
    Map<String, String> outside = Outside.of(run.runId(), run.files(), governance);
    byte[] statement =
        new Statements(run, signer.name()).times(outside, Timestamp.of(clock.instant()));
    return Envelope.sign(statement, signer.key()).bytes();
  }

  /// The statement of times first: without the folder beside it, it says nothing.
  private void publish(Path folder, Map<String, byte[]> files, byte[] times) {
    String runId = String.valueOf(folder.getFileName());
    Path partial = folder.resolveSibling("." + runId + ".partial");
    var durable = new LinkedHashMap<Path, byte[]>();
    files.forEach((name, bytes) -> durable.put(partial.resolve(name), bytes));
    try {
      remove(partial);
      Files.createDirectories(root.resolve(Layout.run(runId)).resolve(HashedRegion.TIMESTAMPS));
      DurableFile.replace(root.resolve(Layout.times(runId)), times);
      DurableFile.writeAll(durable);
      DurableFile.syncDirectory(partial);
      Files.move(partial, folder, StandardCopyOption.ATOMIC_MOVE);
      DurableFile.syncDirectory(folder.resolveSibling(""));
    } catch (IOException e) {
      throw new UncheckedIOException("publishing " + folder, e);
    }
  }

  /// What an attempt left that was cut short.
  private static void remove(Path partial) throws IOException {
    if (!Files.isDirectory(partial, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.list(partial)) {
      for (Path file : new ArrayList<>(files.toList())) {
        Files.delete(file);
      }
    }
    Files.delete(partial);
  }
}
