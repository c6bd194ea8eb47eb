package dev.fedcore.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// Percent-encoding, RFC 3986 section 2.1, over UTF-8.
final class Percent {

  private static final int TRIPLET = 3;

  private Percent() {}

  /// The text that was encoded; empty if a triplet or the UTF-8 is broken.
  static Optional<String> decode(String text) {
    if (text.indexOf('%') < 0) {
      return Optional.of(text);
    }
    var bytes = new ByteArrayOutputStream(text.length());
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c != '%') {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
        i++;
      } else if (isTriplet(text, i)) {
        bytes.write(HexFormat.fromHexDigits(text, i + 1, i + TRIPLET));
        i += TRIPLET;
      } else {
        return Optional.empty();
      }
    }
    return strictUtf8(bytes.toByteArray());
  }

  private static boolean isTriplet(String text, int at) {
    return at + TRIPLET <= text.length()
        && HexFormat.isHexDigit(text.charAt(at + 1))
        && HexFormat.isHexDigit(text.charAt(at + 2));
  }

  private static Optional<String> strictUtf8(byte[] bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }
}
