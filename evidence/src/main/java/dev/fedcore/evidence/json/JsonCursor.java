package dev.fedcore.evidence.json;

import java.io.Serial;
import java.nio.CharBuffer;

/// A place in JSON text, and the reading of its smallest parts.
final class JsonCursor {

  /// What [#peek()] gives at the end of the text; no JSON text holds it unescaped.
  static final char END = '\0';

  private final char[] text;
  private final int end;
  private int at;

  JsonCursor(CharBuffer decoded) {
    this.text = decoded.array();
    this.end = decoded.limit();
  }

  boolean atEnd() {
    return at >= end;
  }

  char peek() {
    return at < end ? text[at] : END;
  }

  char next() {
    char c = peek();
    at++;
    return c;
  }

  boolean skip(char expected) {
    if (peek() != expected || atEnd()) {
      return false;
    }
    at++;
    return true;
  }

  void skipSpace() {
    while (at < end && isSpace(text[at])) {
      at++;
    }
  }

  void expect(String expected) {
    for (int i = 0; i < expected.length(); i++) {
      if (!skip(expected.charAt(i))) {
        throw unexpected("\"" + expected + "\" is expected here");
      }
    }
  }

  /// Reads a number's characters, whatever order they are in.
  String numberCharacters() {
    int from = at;
    while (at < end && "+-.eE0123456789".indexOf(text[at]) >= 0) {
      at++;
    }
    return new String(text, from, at - from);
  }

  /// Reads a string from its opening to its closing quote.
  String string() {
    at++;
    int from = at;
    while (at < end && isPlain(text[at])) {
      at++;
    }
    String start = new String(text, from, at - from);
    return skip('"') ? start : rest(new StringBuilder(start));
  }

  Unexpected unexpected(String problem) {
    return new Unexpected(problem + " (character " + Math.min(at, end) + ")");
  }

  private String rest(StringBuilder read) {
    while (true) {
      if (atEnd()) {
        throw unexpected("the string has no end; close it with a double quote");
      }
      char c = next();
      if (c == '"') {
        return read.toString();
      }
      if (c < ' ') {
        throw unexpected("a raw control character; escape it as \\u%04x".formatted((int) c));
      }
      if (c == '\\') {
        escape(read);
      } else {
        read.append(c);
      }
    }
  }

  private void escape(StringBuilder read) {
    char letter = next();
    switch (letter) {
      case '"', '\\', '/' -> read.append(letter);
      case 'b' -> read.append('\b');
      case 'f' -> read.append('\f');
      case 'n' -> read.append('\n');
      case 'r' -> read.append('\r');
      case 't' -> read.append('\t');
      case 'u' -> unicode(read);
      default -> throw unexpected("no such escape");
    }
  }

  private void unicode(StringBuilder read) {
    char unit = hex();
    if (!Character.isSurrogate(unit)) {
      read.append(unit);
      return;
    }
    if (Character.isHighSurrogate(unit) && skip('\\') && skip('u')) {
      char low = hex();
      if (Character.isLowSurrogate(low)) {
        read.append(unit).append(low);
        return;
      }
    }
    throw unexpected("half a surrogate pair is no character; send both halves");
  }

  private char hex() {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      char c = next();
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw unexpected("\\u needs four hexadecimal digits");
      }
      unit = (unit << 4) | digit;
    }
    return (char) unit;
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c != '"' && c != '\\';
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  /// Text that cannot go on like this. [JsonReader] knows the place and says it.
  static final class Unexpected extends RuntimeException {

    @Serial private static final long serialVersionUID = 1;

    private final String problem;

    Unexpected(String problem) {
      super(problem, null, false, false);
      this.problem = problem;
    }

    String problem() {
      return problem;
    }
  }
}
