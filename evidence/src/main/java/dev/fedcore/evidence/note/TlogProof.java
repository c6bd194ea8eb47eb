package dev.fedcore.evidence.note;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.merkle.InclusionProof;
import dev.fedcore.evidence.merkle.MerkleTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Everything that proves offline that one entry is in a log: its index, the hashes up to the root,
/// and the signed checkpoint. The file form ends in `.tlog-proof`.
///
/// @param index of the entry, from 0
/// @param hashes from the leaf to the root, 32 bytes each
/// @param checkpoint a signed note
/// @see <a href="https://c2sp.org/tlog-proof">C2SP tlog-proof</a>
public record TlogProof(long index, List<byte[]> hashes, String checkpoint) {

  private static final String HEADER = "c2sp.org/tlog-proof@v1";
  private static final Pattern INDEX = Pattern.compile("index (0|[1-9][0-9]{0,17})");

  /// A tree of 2^63 leaves has no longer path.
  private static final int HASHES_MAX = 63;

  public TlogProof {
    hashes = List.copyOf(hashes);
  }

  /// The file's text.
  public String format() {
    var text = new StringBuilder(HEADER).append("\nindex ").append(index).append('\n');
    for (byte[] hash : hashes) {
      text.append(StrictBase64.encode(hash)).append('\n');
    }
    return text.append('\n').append(checkpoint).toString();
  }

  /// Reads a file. An `extra` line, which we never write, is refused.
  ///
  /// @throws EvidenceRejected when it is no such file
  public static TlogProof parse(byte[] file) {
    String text = Note.decode(file);
    int blank = text.indexOf("\n\n");
    if (blank < 0) {
      throw new EvidenceRejected("not a tlog-proof: no checkpoint below an empty line");
    }
    List<String> lines = text.substring(0, blank).lines().toList();
    if (lines.size() < 2 || !lines.getFirst().equals(HEADER)) {
      throw new EvidenceRejected("not a tlog-proof: its first line is " + HEADER);
    }
    var index = INDEX.matcher(lines.get(1));
    if (!index.matches() || lines.size() > 2 + HASHES_MAX) {
      throw new EvidenceRejected("not a tlog-proof: its second line is the index");
    }
    var hashes = new ArrayList<byte[]>();
    for (String line : lines.subList(2, lines.size())) {
      byte[] hash = StrictBase64.decode(line);
      if (hash.length != Sha256.BYTES) {
        throw new EvidenceRejected("not a tlog-proof: a hash has 32 bytes");
      }
      hashes.add(hash);
    }
    return new TlogProof(Long.parseLong(index.group(1)), hashes, text.substring(blank + 2));
  }

  /// Proves that `entry` is in the log.
  ///
  /// @param entry the leaf's data, not its hash
  /// @return the checkpoint that covers it
  /// @throws EvidenceRejected when the signatures or the path do not hold
  public Checkpoint verify(byte[] entry, List<NoteVerifier> verifiers) {
    return verify(entry, CheckpointTrust.inKeys(verifiers));
  }

  /// As above, under a checkpoint that `trust` believes.
  public Checkpoint verify(byte[] entry, CheckpointTrust trust) {
    var signed = trust.open(checkpoint.getBytes(StandardCharsets.UTF_8));
    var proof = new InclusionProof(index, signed.size(), hashes);
    if (!proof.verify(MerkleTree.leafHash(entry), signed.root())) {
      throw new EvidenceRejected(
          "entry %d is not in the tree of size %d".formatted(index, signed.size()));
    }
    return signed;
  }
}
