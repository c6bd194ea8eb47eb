package dev.fedcore.evidence.note;

import dev.fedcore.evidence.hash.Sha256;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;

/// How large a log is and which root its tree has. The text of a signed note.
///
/// @see <a href="https://c2sp.org/tlog-checkpoint">C2SP tlog-checkpoint</a>
public final class Checkpoint {

  private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,17}");

  private final String origin;
  private final long size;
  private final byte[] root;

  /// A checkpoint of the log `origin`.
  ///
  /// @param origin names the log for ever: one line, not empty
  /// @param size how many entries there are
  /// @param root RFC 6962 root; 32 bytes
  public Checkpoint(String origin, long size, byte[] root) {
    if (origin.isEmpty() || origin.contains("\n") || size < 0 || root.length != Sha256.BYTES) {
      throw new IllegalArgumentException("no such checkpoint: " + origin + ", " + size);
    }
    this.origin = origin;
    this.size = size;
    this.root = root.clone();
  }

  /// Reads the text of a note. Extension lines are passed over, as the standard asks.
  ///
  /// @throws EvidenceRejected when it is no checkpoint
  public static Checkpoint parse(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length < 4 || lines[0].isEmpty() || !SIZE.matcher(lines[1]).matches()) {
      throw new EvidenceRejected("not a checkpoint: three lines are origin, size and root");
    }
    for (int i = 3; i < lines.length - 1; i++) {
      if (lines[i].isEmpty()) {
        throw new EvidenceRejected("not a checkpoint: an extension line is empty");
      }
    }
    byte[] root = StrictBase64.decode(lines[2]);
    if (root.length != Sha256.BYTES || !lines[lines.length - 1].isEmpty()) {
      throw new EvidenceRejected("not a checkpoint: the root has 32 bytes");
    }
    return new Checkpoint(lines[0], Long.parseLong(lines[1]), root);
  }

  public String origin() {
    return origin;
  }

  public long size() {
    return size;
  }

  public byte[] root() {
    return root.clone();
  }

  /// The text to sign; ends in a newline.
  public String text() {
    return origin + "\n" + size + "\n" + StrictBase64.encode(root) + "\n";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Checkpoint that
        && origin.equals(that.origin)
        && size == that.size
        && Arrays.equals(root, that.root);
  }

  @Override
  public int hashCode() {
    return Objects.hash(origin, size, Arrays.hashCode(root));
  }

  @Override
  public String toString() {
    return "%s, size %d, root %s".formatted(origin, size, Sha256.hexOf(root));
  }
}
