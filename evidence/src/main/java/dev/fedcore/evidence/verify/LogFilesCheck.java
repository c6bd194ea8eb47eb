package dev.fedcore.evidence.verify;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.note.CheckpointTrust;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.note.TlogProof;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/// Checks what a [RunFolder] holds of the log: keys, checkpoint and proofs.
final class LogFilesCheck {

  private final Path folder;
  private final FileTree tree;
  private final Optional<CheckpointTrust> trusted;
  private final Findings findings;

  LogFilesCheck(Path folder, FileTree tree, Optional<CheckpointTrust> trusted, Findings findings) {
    this.folder = folder;
    this.tree = tree;
    this.trusted = trusted;
    this.findings = findings;
  }

  void check(List<Exhibit> entries) {
    Path checkpointFile = folder.resolve(RunFolder.CHECKPOINT);
    Path keyFile = folder.resolve(RunFolder.VERIFIER_KEYS);
    NavigableSet<Path> proofs = tree.in(folder.resolve(RunFolder.PROOFS));
    if (!tree.has(checkpointFile) && !tree.has(keyFile) && proofs.isEmpty()) {
      return;
    }
    CheckpointTrust trust = trust(keyFile);
    tree.read(checkpointFile)
        .flatMap(note -> findings.open(tree.where(checkpointFile), () -> trust.open(note)))
        .ifPresent(checkpoint ->
            findings.require(
                checkpoint.size() >= entries.size(),
                Finding.LOG,
                tree.where(checkpointFile),
                "it covers fewer entries than the run has"));
    if (!proofs.isEmpty()) {
      proofs(entries, trust);
    }
  }

  private CheckpointTrust trust(Path keyFile) {
    String where = tree.where(keyFile);
    var stated = new ArrayList<NoteVerifier>();
    String text = new String(tree.read(keyFile).orElse(new byte[0]), StandardCharsets.UTF_8);
    findings.require(text.endsWith("\n"), Finding.MALFORMED, where, "its last line has no end");
    for (String line : text.lines().toList()) {
      findings.open(where, () -> NoteVerifier.parse(line)).ifPresent(stated::add);
    }
    if (trusted.isEmpty()) {
      return CheckpointTrust.inKeys(stated);
    }
    var known = trusted.get().logs().stream().map(NoteVerifier::vkey).toList();
    for (NoteVerifier key : stated) {
      findings.require(
          known.contains(key.vkey()), Finding.LOG, where, "this key is not trusted: " + key.vkey());
    }
    return trusted.get();
  }

  private void proofs(List<Exhibit> entries, CheckpointTrust trust) {
    for (int seq = 0; seq < entries.size(); seq++) {
      Path file = folder.resolve(RunFolder.PROOFS).resolve(seq + RunFolder.PROOF_SUFFIX);
      byte[] leaf = Sha256.parseHex(entries.get(seq).hash());
      tree.read(file)
          .ifPresent(bytes ->
              findings.open(tree.where(file), () -> TlogProof.parse(bytes).verify(leaf, trust)));
    }
  }
}
