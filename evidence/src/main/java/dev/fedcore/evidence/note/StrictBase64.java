package dev.fedcore.evidence.note;

import java.util.Base64;

/// Base64 with exactly one text for each sequence of bytes: padded, no stray bits, no line breaks.
final class StrictBase64 {

  private StrictBase64() {}

  static String encode(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /// The bytes that `text` stands for.
  ///
  /// @throws EvidenceRejected when `text` is not what [#encode] would give for them
  static byte[] decode(String text) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new EvidenceRejected("not base64: " + text);
    }
    if (!encode(bytes).equals(text)) {
      throw new EvidenceRejected("not base64 in its one proper form: " + text);
    }
    return bytes;
  }
}
