package dev.fedcore.evidence.note;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A text with signature lines below it, taken apart and not yet believed.
///
/// @param text ends in a newline; may hold empty lines
/// @param signatures at least one, if it was read
/// @see <a href="https://c2sp.org/signed-note">C2SP signed-note</a>
public record Note(String text, List<SignatureLine> signatures) {

  /// The longest note that is read, in bytes: a thousand times an ordinary checkpoint.
  public static final int BYTES_MAX = 1 << 18;

  /// The most signature lines that are read. C2SP asks for at least 16.
  public static final int SIGNATURES_MAX = 100;

  private static final String LINE_START = "— ";

  public Note {
    signatures = List.copyOf(signatures);
  }

  /// One signature line.
  ///
  /// @param keyId the first four bytes, big-endian
  /// @param base64 key ID and signature
  public record SignatureLine(String name, int keyId, String base64) {

    static SignatureLine of(String name, int keyId, byte[] signature) {
      byte[] bytes =
          ByteBuffer.allocate(Integer.BYTES + signature.length)
              .putInt(keyId)
              .put(signature)
              .array();
      return new SignatureLine(name, keyId, StrictBase64.encode(bytes));
    }

    /// Reads one line, without its newline.
    ///
    /// @throws EvidenceRejected when it is none
    public static SignatureLine parse(String line) {
      return signatureLine(line);
    }

    /// The line, with its newline.
    public String text() {
      return LINE_START + name + " " + base64 + "\n";
    }

    byte[] signature() {
      byte[] bytes = StrictBase64.decode(base64);
      return Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length);
    }
  }

  /// The text of `note`, if one of `verifiers` vouches for it.
  ///
  /// Signatures of unknown keys are ignored; a known key's that does not verify spoils the note.
  ///
  /// @throws EvidenceRejected when no known key signed it, one did so badly, or it is no note
  public static String open(byte[] note, List<NoteVerifier> verifiers) {
    Note parsed = parse(note);
    parsed.verifiedBy(verifiers);
    return parsed.text;
  }

  /// Takes a note apart, without believing it.
  ///
  /// @throws EvidenceRejected when it is no note
  public static Note parse(byte[] note) {
    String whole = decode(note);
    int blank = whole.lastIndexOf("\n\n");
    if (blank < 0 || !whole.endsWith("\n")) {
      throw new EvidenceRejected("not a signed note: no signatures below an empty line");
    }
    String text = whole.substring(0, blank + 1);
    if (!isText(text)) {
      throw new EvidenceRejected("not a signed note: control characters in the text");
    }
    String[] lines = whole.substring(blank + 2).split("\n", -1);
    var signatures = new ArrayList<SignatureLine>();
    for (String line : List.of(lines).subList(0, lines.length - 1)) {
      signatures.add(signatureLine(line));
    }
    if (signatures.isEmpty() || signatures.size() > SIGNATURES_MAX) {
      throw new EvidenceRejected("a note has from 1 to %d signatures".formatted(SIGNATURES_MAX));
    }
    return new Note(text, signatures);
  }

  /// The first signature by `verifier`, which holds.
  ///
  /// @throws EvidenceRejected when a signature by that key does not hold
  public Optional<SignatureLine> signatureOf(NoteVerifier verifier) {
    Optional<SignatureLine> found = Optional.empty();
    for (SignatureLine line : signatures) {
      if (!verifier.name().equals(line.name) || verifier.keyId() != line.keyId) {
        continue;
      }
      if (!verifier.verifiesNote(text, line.signature())) {
        throw new EvidenceRejected("the signature of " + line.name + " does not verify");
      }
      found = found.or(() -> Optional.of(line));
    }
    return found;
  }

  /// The note as it is sent and kept.
  public String format() {
    var whole = new StringBuilder(text).append('\n');
    signatures.forEach(line -> whole.append(line.text()));
    return whole.toString();
  }

  /// Those of `verifiers` that signed this note; at least one.
  ///
  /// @throws EvidenceRejected when none did, or one did so badly
  public List<NoteVerifier> verifiedBy(List<NoteVerifier> verifiers) {
    List<NoteVerifier> signers =
        verifiers.stream().filter(verifier -> signatureOf(verifier).isPresent()).toList();
    if (signers.isEmpty()) {
      throw new EvidenceRejected("no known key signed this note");
    }
    return signers;
  }

  static void requireText(String text) {
    if (!text.endsWith("\n") || !isText(text)) {
      throw new IllegalArgumentException(
          "a note's text ends in a newline and holds no other control character");
    }
  }

  private static boolean isText(String text) {
    return text.chars().noneMatch(c -> c < ' ' && c != '\n');
  }

  private static SignatureLine signatureLine(String line) {
    String[] parts = line.split(" ", -1);
    if (!line.startsWith(LINE_START) || parts.length != 3 || !KeyName.isValid(parts[1])) {
      throw new EvidenceRejected("not a signature line: " + line);
    }
    byte[] bytes = StrictBase64.decode(parts[2]);
    if (bytes.length <= Integer.BYTES) {
      throw new EvidenceRejected("a signature line without a signature: " + line);
    }
    return new SignatureLine(parts[1], ByteBuffer.wrap(bytes).getInt(), parts[2]);
  }

  static String decode(byte[] note) {
    if (note.length > BYTES_MAX) {
      throw new EvidenceRejected("the note has more than %,d bytes".formatted(BYTES_MAX));
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(note))
          .toString();
    } catch (CharacterCodingException e) {
      throw new EvidenceRejected("not a signed note: not UTF-8");
    }
  }
}
