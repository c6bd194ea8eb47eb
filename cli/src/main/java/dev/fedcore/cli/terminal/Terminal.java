package dev.fedcore.cli.terminal;

import dev.fedcore.evidence.json.JsonValue;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Where the program prints: results on `out`, progress and complaints on `err`.
///
/// For one thread.
public final class Terminal {

  private static final int REPLACEMENT = 0xFFFD;

  private final PrintStream out;
  private final PrintStream err;
  private final boolean colour;

  /// @param colour whether `out` is a terminal whose owner wants colour
  public Terminal(PrintStream out, PrintStream err, boolean colour) {
    this.out = out;
    this.err = err;
    this.colour = colour;
  }

  public PrintStream out() {
    return out;
  }

  public PrintStream err() {
    return err;
  }

  /// Whether help texts and words may be coloured.
  public boolean colour() {
    return colour;
  }

  /// One line of the result. What came from elsewhere in it must be [#printable].
  public void line(String text) {
    out.println(text);
  }

  /// The result as one JSON document, canonical.
  public void json(JsonValue document) {
    bytes(document.canonicalBytes());
  }

  /// The result as it came, and a newline.
  public void bytes(byte[] document) {
    out.println(new String(document, StandardCharsets.UTF_8));
  }

  /// One line about work under way.
  public void progress(String text) {
    err.println(text);
  }

  /// One line about what went wrong.
  public void complain(String text) {
    err.println("fedcore: " + text);
  }

  /// `word` in the colour of what it says: green for good, red for bad, yellow for waiting.
  public String tinted(String word) {
    return colour ? Tint.of(word).around(word) : word;
  }

  /// `text` without what could move the cursor, ring a bell or turn the writing round: it may come
  /// from anybody.
  public static String printable(String text) {
    var safe = new StringBuilder(text.length());
    text.codePoints().map(c -> isHarmless(c) ? c : REPLACEMENT).forEach(safe::appendCodePoint);
    return safe.toString();
  }

  private static boolean isHarmless(int codePoint) {
    return !Character.isISOControl(codePoint) && Character.getType(codePoint) != Character.FORMAT;
  }
}
