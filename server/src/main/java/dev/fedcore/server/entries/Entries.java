package dev.fedcore.server.entries;

import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LoggedEntry;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Looks into entries without reading them as JSON. An entry is canonical, so that a quotation mark
/// inside a text is escaped and a member's name cannot be mistaken for a text; of a name that
/// occurs in `details` too, the last one at the end of the sorted members counts.
public final class Entries {

  private Entries() {}

  /// The entries with this code, such as `FC-RUN-001`.
  static List<LoggedEntry> ofType(List<LoggedEntry> entries, String code) {
    return entries.stream()
        .filter(entry -> eventType(entry.document().bytes()).equals(code))
        .toList();
  }

  /// Whether a page was ended by its limit, so that there may be more.
  static boolean isFull(List<LoggedEntry> page, int limit) {
    return Ledger.isFull(page, limit, entry -> entry.document().bytes().length);
  }

  /// The code of an entry.
  public static String eventType(byte[] entry) {
    return text(entry, "event_type");
  }

  /// A member that is a plain text; empty when it is null or not there.
  ///
  /// @param name sorts after `details`, so that its last occurrence is the entry's own
  public static String text(byte[] entry, String name) {
    byte[] wanted = (",\"" + name + "\":\"").getBytes(StandardCharsets.US_ASCII);
    int at = lastIndexOf(entry, wanted);
    return at < 0 ? "" : textAt(entry, at + wanted.length);
  }

  /// What policy decided; empty when the entry is not about that. Sorts before `details`, so the
  /// first occurrence is the entry's own.
  public static String decision(byte[] entry) {
    byte[] wanted = ",\"decision\":\"".getBytes(StandardCharsets.US_ASCII);
    int at = 0;
    while (at + wanted.length <= entry.length
        && !Arrays.equals(entry, at, at + wanted.length, wanted, 0, wanted.length)) {
      at++;
    }
    return at + wanted.length > entry.length ? "" : textAt(entry, at + wanted.length);
  }

  private static String textAt(byte[] entry, int from) {
    int to = from;
    while (entry[to] != '"') {
      to++;
    }
    return new String(entry, from, to - from, StandardCharsets.UTF_8);
  }

  private static int lastIndexOf(byte[] text, byte[] wanted) {
    for (int at = text.length - wanted.length; at >= 0; at--) {
      if (Arrays.equals(text, at, at + wanted.length, wanted, 0, wanted.length)) {
        return at;
      }
    }
    return -1;
  }
}
