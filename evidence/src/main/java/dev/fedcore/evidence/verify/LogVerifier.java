package dev.fedcore.evidence.verify;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.log.EntryBundle;
import dev.fedcore.evidence.log.LogProofs;
import dev.fedcore.evidence.log.TileComparison;
import dev.fedcore.evidence.log.TilePath;
import dev.fedcore.evidence.log.TileSource;
import dev.fedcore.evidence.merkle.MerkleTree;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.CheckpointTrust;
import java.util.Arrays;
import java.util.List;

/// Verifies a log against the ledger that it is about: that the signed checkpoint has the root over
/// the ledger's entries, and that its tiles and bundles say the same.
///
/// The leaf of an entry is the 32 raw bytes of its hash.
public final class LogVerifier {

  private static final String CHECKPOINT = "checkpoint";

  private LogVerifier() {}

  /// Compares the log with all entries of the ledger.
  ///
  /// @param entryHashes hashes of the entries in log order, hexadecimal; as many as the checkpoint
  ///   covers
  /// @param checkpoint a signed note
  public static VerificationReport verify(
      List<String> entryHashes, TileSource tiles, byte[] checkpoint, CheckpointTrust trust) {
    var findings = new Findings();
    findings
        .open(CHECKPOINT, () -> trust.open(checkpoint))
        .ifPresent(signed -> {
          List<byte[]> leaves = leaves(entryHashes, signed);
          entries(entryHashes, leaves, signed, findings);
          tiles(leaves, tiles, findings);
          bundles(entryHashes, tiles, signed, findings);
        });
    return new VerificationReport(findings.all(), entryHashes.size(), 0);
  }

  /// Checks that the log at `newer` begins with the log at `older`.
  ///
  /// @param older a signed note that was kept since
  /// @param newer a signed note
  public static VerificationReport verifyGrowth(
      byte[] older, byte[] newer, TileSource tiles, CheckpointTrust trust) {
    var findings = new Findings();
    var from = findings.open("older checkpoint", () -> trust.open(older));
    var to = findings.open("newer checkpoint", () -> trust.open(newer));
    if (from.isPresent() && to.isPresent()) {
      findings.require(
          grows(from.get(), to.get(), tiles, findings),
          Finding.LOG,
          "newer checkpoint",
          "size %d is not a continuation of size %d".formatted(to.get().size(), from.get().size()));
    }
    return new VerificationReport(findings.all(), 0, 0);
  }

  private static boolean grows(
      Checkpoint from, Checkpoint to, TileSource tiles, Findings findings) {
    if (!from.origin().equals(to.origin()) || from.size() > to.size()) {
      return false;
    }
    if (from.size() == 0) {
      return Arrays.equals(from.root(), MerkleTree.emptyRoot());
    }
    return findings
        .open("tiles", () -> LogProofs.consistency(tiles, from.size(), to.size()))
        .map(proof -> proof.verify(from.root(), to.root()))
        .orElse(false);
  }

  private static List<byte[]> leaves(List<String> entryHashes, Checkpoint signed) {
    long covered = Math.min(entryHashes.size(), signed.size());
    return entryHashes.stream().limit(covered).map(LogVerifier::leafHash).toList();
  }

  private static void entries(
      List<String> entryHashes, List<byte[]> leaves, Checkpoint signed, Findings findings) {
    if (entryHashes.size() != signed.size()) {
      findings.add(
          entryHashes.size() < signed.size() ? Finding.MISSING : Finding.EXTRA,
          "ledger",
          "it has %,d entries, the signed log %,d".formatted(entryHashes.size(), signed.size()));
    }
    findings.require(
        Arrays.equals(MerkleTree.root(leaves), signed.root()),
        Finding.LOG,
        CHECKPOINT,
        "the root over the ledger's entries is not the signed one");
  }

  private static byte[] leafHash(String entryHash) {
    // Something that is no hash cannot be in the log; as a leaf of its own it spoils the root.
    return MerkleTree.leafHash(Sha256.isHex(entryHash) ? Sha256.parseHex(entryHash) : new byte[0]);
  }

  private static void tiles(List<byte[]> leaves, TileSource tiles, Findings findings) {
    for (String path : TileComparison.differences(tiles, leaves)) {
      findings.add(Finding.LOG, path, "the tile is missing, or is not what the entries make it");
    }
  }

  private static void bundles(
      List<String> entryHashes, TileSource tiles, Checkpoint signed, Findings findings) {
    long size = Math.min(signed.size(), entryHashes.size());
    for (long first = 0; first < size; first += TilePath.FULL) {
      long index = first / TilePath.FULL;
      var bundle =
          findings.open("bundle " + index, () -> EntryBundle.read(tiles, index, signed.size()));
      for (int i = 0; bundle.isPresent() && i < bundle.get().size() && first + i < size; i++) {
        String stated = entryHashes.get(Math.toIntExact(first + i));
        findings.require(
            Sha256.hexOf(bundle.get().get(i)).equals(stated),
            Finding.LOG,
            "log entry " + (first + i),
            "its bundle holds another hash than the ledger");
      }
    }
  }
}
