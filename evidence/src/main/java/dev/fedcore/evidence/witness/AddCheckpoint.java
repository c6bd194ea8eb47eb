package dev.fedcore.evidence.witness;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.Note;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a log asks of a witness: to cosign a checkpoint that has grown out of the last one.
///
/// @param oldSize of the last checkpoint that the witness cosigned, as far as the log knows
/// @param proof consistency hashes from `oldSize` to the checkpoint, 32 bytes each
/// @param note the checkpoint, signed by the log
/// @param checkpoint what the note says
/// @see <a href="https://c2sp.org/tlog-witness#add-checkpoint">C2SP tlog-witness</a>
public record AddCheckpoint(long oldSize, List<byte[]> proof, Note note, Checkpoint checkpoint) {

  /// The largest request, in bytes: 64 KiB. One of 63 hashes and 16 signatures has below 8 KiB, and
  /// below 60 KiB where signatures are post-quantum ones.
  public static final int BYTES_MAX = 1 << 16;

  /// The most signatures on a checkpoint that a witness looks at.
  public static final int SIGNATURES_MAX = 16;

  /// The longest consistency proof, as the standard has it.
  private static final int HASHES_MAX = 63;

  private static final Pattern OLD = Pattern.compile("old (0|[1-9][0-9]{0,17})");

  public AddCheckpoint {
    proof = List.copyOf(proof);
  }

  /// The body of a request.
  ///
  /// @param note a signed checkpoint
  public static byte[] format(long oldSize, List<byte[]> proof, String note) {
    var text = new StringBuilder("old ").append(oldSize).append('\n');
    proof.forEach(hash -> text.append(Base64.getEncoder().encodeToString(hash)).append('\n'));
    return text.append('\n').append(note).toString().getBytes(StandardCharsets.UTF_8);
  }

  /// Reads a request. Its signatures are not looked at yet.
  ///
  /// @throws MalformedInput when it is none
  public static AddCheckpoint parse(byte[] body) {
    String text = new String(body, StandardCharsets.ISO_8859_1);
    int blank = text.indexOf("\n\n");
    if (blank < 0) {
      throw new MalformedInput("", "there is no checkpoint below an empty line");
    }
    List<String> lines = List.of(text.substring(0, blank).split("\n", -1));
    Matcher old = OLD.matcher(lines.getFirst());
    if (!old.matches()) {
      throw new MalformedInput("", "the first line is not \"old SIZE\"");
    }
    var hashes = new ArrayList<byte[]>();
    for (String line : lines.subList(1, lines.size())) {
      hashes.add(hash(line));
    }
    if (hashes.size() > HASHES_MAX) {
      throw new MalformedInput("", "a proof has at most %d hashes".formatted(HASHES_MAX));
    }
    try {
      Note note = Note.parse(text.substring(blank + 2).getBytes(StandardCharsets.ISO_8859_1));
      if (note.signatures().size() > SIGNATURES_MAX) {
        throw new MalformedInput(
            "", "a checkpoint has at most %d signatures".formatted(SIGNATURES_MAX));
      }
      var checkpoint = Checkpoint.parse(note.text());
      return new AddCheckpoint(Long.parseLong(old.group(1)), hashes, note, checkpoint);
    } catch (EvidenceRejected e) {
      throw new MalformedInput("", e.reason());
    }
  }

  private static byte[] hash(String line) {
    try {
      byte[] hash = Base64.getDecoder().decode(line);
      if (hash.length == Sha256.BYTES && Base64.getEncoder().encodeToString(hash).equals(line)) {
        return hash;
      }
    } catch (IllegalArgumentException _) {
      // Told like a hash of another length.
    }
    throw new MalformedInput("", "a line of the proof is not the base64 of 32 bytes");
  }
}
