package dev.fedcore.evidence.json;

import java.util.Arrays;

/// A growing run of UTF-8 bytes that knows how RFC 8785 escapes strings.
///
/// Most strings are plain ASCII, so these are copied a byte a character, and only the rest of a
/// string from its first other character on takes the long way.
final class StringBytes {

  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  /// The most bytes that one UTF-16 unit can become: six, as `\u001f`.
  private static final int BYTES_PER_CHAR_MAX = 6;

  /// Digits of the longest `long`, with its sign.
  private static final int LONG_LENGTH_MAX = 20;

  private byte[] bytes;
  private int size;

  StringBytes(int capacity) {
    this.bytes = new byte[capacity];
  }

  void clear() {
    size = 0;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }

  void one(char ascii) {
    ensure(1);
    bytes[size++] = (byte) ascii;
  }

  void ascii(String text) {
    ensure(text.length());
    for (int i = 0; i < text.length(); i++) {
      bytes[size++] = (byte) text.charAt(i);
    }
  }

  void bytes(byte[] more) {
    ensure(more.length);
    System.arraycopy(more, 0, bytes, size, more.length);
    size += more.length;
  }

  void decimal(long value) {
    ensure(LONG_LENGTH_MAX);
    long rest = value;
    if (rest < 0) {
      bytes[size++] = '-';
      rest = -rest;
    }
    int digits = 1;
    for (long ten = 10; ten <= rest; ten *= 10) {
      digits++;
    }
    for (int at = size + digits - 1; at >= size; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    size += digits;
  }

  void quoted(String text) {
    int length = text.length();
    ensure(length + 2);
    byte[] target = bytes;
    int at = size;
    target[at++] = '"';
    int i = 0;
    for (; i < length; i++) {
      char c = text.charAt(i);
      if (c < ' ' || c >= 0x7f || c == '"' || c == '\\') {
        break;
      }
      target[at++] = (byte) c;
    }
    size = at;
    if (i < length) {
      quotedSlowly(text, i);
    }
    one('"');
  }

  private void quotedSlowly(String text, int from) {
    ensure(Math.multiplyExact(text.length() - from, BYTES_PER_CHAR_MAX));
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        escapedAscii(c);
      } else if (c < 0x800) {
        bytes[size++] = (byte) (0xc0 | (c >> 6));
        continuation(c);
      } else if (!Character.isSurrogate(c)) {
        bytes[size++] = (byte) (0xe0 | (c >> 12));
        continuation(c >> 6);
        continuation(c);
      } else {
        pair(text, i++);
      }
    }
  }

  private void pair(String text, int at) {
    int point = text.codePointAt(at);
    if (!Character.isSupplementaryCodePoint(point)) {
      throw new IllegalArgumentException(
          "half a surrogate pair at character %d: it has no UTF-8 form".formatted(at));
    }
    bytes[size++] = (byte) (0xf0 | (point >> 18));
    continuation(point >> 12);
    continuation(point >> 6);
    continuation(point);
  }

  private void continuation(int bits) {
    bytes[size++] = (byte) (0x80 | (bits & 0x3f));
  }

  private void escapedAscii(char c) {
    switch (c) {
      case '"' -> escaped('"');
      case '\\' -> escaped('\\');
      case '\b' -> escaped('b');
      case '\f' -> escaped('f');
      case '\n' -> escaped('n');
      case '\r' -> escaped('r');
      case '\t' -> escaped('t');
      default -> {
        if (c < ' ') {
          ascii("\\u00");
          bytes[size++] = HEX[c >> 4];
          bytes[size++] = HEX[c & 0xf];
        } else {
          bytes[size++] = (byte) c;
        }
      }
    }
  }

  private void escaped(char letter) {
    bytes[size++] = '\\';
    bytes[size++] = (byte) letter;
  }

  private void ensure(int more) {
    int needed = Math.addExact(size, more);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(needed, bytes.length * 2));
    }
  }
}
