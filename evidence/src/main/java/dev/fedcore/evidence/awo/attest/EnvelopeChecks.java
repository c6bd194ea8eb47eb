package dev.fedcore.evidence.awo.attest;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.Findings;
import dev.fedcore.evidence.dsse.Envelope;
import dev.fedcore.evidence.dsse.LogLeaf;
import dev.fedcore.evidence.dsse.SigstoreBundle;
import dev.fedcore.evidence.keys.Trust;
import dev.fedcore.evidence.keys.Trust.Attestor;
import dev.fedcore.evidence.keys.Trust.Role;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.Note;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.note.TlogProof;
import dev.fedcore.evidence.sums.Snapshot;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Checks `governance/attestations/<run>/`: every document is made again and compared, every
/// signature is one of a trusted key in the right role, and every envelope is in the log.
final class EnvelopeChecks {

  private final AttestedRun run;
  private final Snapshot files;
  private final Trust trust;
  private final Findings findings = new Findings();
  private final Findings logFindings = new Findings();
  private final Set<String> known = new HashSet<>();
  private int signatures;
  private int proofs;

  EnvelopeChecks(AttestedRun run, Snapshot files, Trust trust) {
    this.run = run;
    this.files = files;
    this.trust = trust;
  }

  void check() {
    known.add(Layout.archive(run.runId()));
    Optional<Attestor> attestor = attestor();
    if (attestor.isPresent()) {
      check(attestor.get());
      for (String name : files.files().keySet()) {
        findings.require(
            known.contains(name), AwoCode.INT_002, path(name), "nothing accounts for this file");
      }
    }
  }

  List<Finding> findings() {
    return findings.all();
  }

  List<Finding> logFindings() {
    return logFindings.all();
  }

  String evidence() {
    return "%d statements, each with a signature".formatted(signatures);
  }

  String logEvidence() {
    return "%d proofs that a statement is in a trusted log".formatted(proofs);
  }

  /// The signer of the provenance, who must have signed all else.
  private Optional<Attestor> attestor() {
    String name = Layout.PROVENANCE + Layout.ENVELOPE;
    Optional<Envelope> envelope = envelope(name);
    if (envelope.isEmpty()) {
      return Optional.empty();
    }
    Optional<Attestor> attestor = trust.attestor(envelope.get().keyId());
    findings.require(
        attestor.isPresent(),
        AwoCode.ATT_001,
        path(name),
        "its signer's key is not trusted: " + envelope.get().keyId());
    return attestor;
  }

  private void check(Attestor attestor) {
    var statements = new Statements(run, attestor.name());
    var documents = new Documents(run, attestor.name(), attestor.key());
    same(Layout.JSON, documents.json());
    same(Layout.TEXT, documents.text());
    same(Layout.GUIDE, documents.verifyGuide());
    var inputs = new TreeMap<String, byte[]>();
    envelope(Layout.PROVENANCE, Role.PROVENANCE, statements.provenance(), attestor, inputs);
    for (Map.Entry<String, byte[]> approval : statements.approvals().entrySet()) {
      envelope(approval.getKey(), Role.APPROVAL, approval.getValue(), attestor, inputs);
    }
    byte[] verification = statements.verification(documents.json(), Map.copyOf(inputs));
    envelope(Layout.VERIFICATION, Role.VERIFICATION, verification, attestor, inputs);
    known.add(Layout.CHECKPOINT);
  }

  private void envelope(
      String name, Role role, byte[] expected, Attestor attestor, Map<String, byte[]> inputs) {
    String file = name + Layout.ENVELOPE;
    Optional<Envelope> envelope = envelope(file);
    if (envelope.isEmpty()) {
      known.add(name + Layout.PROOF);
      known.add(name + Layout.BUNDLE);
      return;
    }
    inputs.put(file, envelope.get().bytes());
    SignatureCheck.of(envelope.get(), attestor, role)
        .ifPresent(wrong -> findings.add(wrong.code(), path(file), wrong.detail()));
    findings.require(
        Arrays.equals(envelope.get().payload(), expected),
        AwoCode.ATT_002,
        path(file),
        "its statement is not the one that follows from the run's files");
    signatures++;
    log(name, envelope.get(), attestor);
  }

  private void log(String name, Envelope envelope, Attestor attestor) {
    String file = name + Layout.PROOF;
    Optional<byte[]> proof = read(file, logFindings);
    Optional<byte[]> bundle = read(name + Layout.BUNDLE, logFindings);
    if (proof.isEmpty()) {
      return;
    }
    try {
      TlogProof parsed = TlogProof.parse(proof.get());
      byte[] checkpoint = parsed.checkpoint().getBytes(StandardCharsets.UTF_8);
      parsed.verify(LogLeaf.of(envelope, attestor.key()), trust.logs());
      NoteVerifier log = Note.parse(checkpoint).verifiedBy(trust.logs()).getFirst();
      proofs++;
      logSame(file, proof.get(), parsed.format().getBytes(StandardCharsets.UTF_8));
      logSame(Layout.CHECKPOINT, files.file(Layout.CHECKPOINT).orElse(new byte[0]), checkpoint);
      if (bundle.isPresent()) {
        byte[] expected = SigstoreBundle.of(envelope, attestor.key(), parsed, log);
        logSame(name + Layout.BUNDLE, bundle.get(), expected);
      }
    } catch (EvidenceRejected e) {
      logFindings.add(AwoCode.ATT_002, path(file), e.reason());
    }
  }

  private void logSame(String name, byte[] actual, byte[] expected) {
    logFindings.require(
        Arrays.equals(actual, expected),
        AwoCode.ATT_002,
        path(name),
        "it is not what follows from the statement and its proof");
  }

  private void same(String name, byte[] expected) {
    read(name, findings)
        .ifPresent(actual ->
            findings.require(
                Arrays.equals(actual, expected),
                AwoCode.ATT_002,
                path(name),
                "it does not say what follows from the run's files"));
  }

  private Optional<Envelope> envelope(String name) {
    return read(name, findings).flatMap(bytes -> SignatureCheck.parse(bytes, path(name), findings));
  }

  private Optional<byte[]> read(String name, Findings into) {
    Optional<byte[]> file = files.file(name);
    if (file.isEmpty() && !known.contains(name)) {
      into.add(AwoCode.STR_001, path(name), "it is not there");
    }
    known.add(name);
    return file;
  }

  private String path(String name) {
    return Layout.attestation(run.runId()) + "/" + name;
  }
}
