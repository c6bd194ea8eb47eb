package dev.fedcore.engine.view;

import dev.fedcore.engine.disclosure.Disclosed;
import dev.fedcore.engine.ledger.LoggedEntry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// An audit entry as readers see it: the stored members, and in front of them `entry_hash` and
/// `index`.
///
/// As it was hashed, it holds commitments where people and their words stand: take the two members
/// away, canonicalise the rest, and its SHA-256 is `entry_hash`. To be read, it holds names and
/// words.
public final class EntryJson {

  private EntryJson() {}

  /// Writes one entry as it was hashed.
  public static byte[] render(LoggedEntry entry) {
    return rendered(entry, entry.document().bytes());
  }

  /// Writes one entry to be read.
  ///
  /// @param names what its commitments stand for
  public static byte[] render(LoggedEntry entry, Map<String, String> names) {
    return rendered(entry, Disclosed.read(entry.document().bytes(), names));
  }

  private static byte[] rendered(LoggedEntry entry, byte[] members) {
    String front =
        "{\"entry_hash\":\"%s\",\"index\":%d,".formatted(entry.document().hash(), entry.index());
    byte[] prefix = front.getBytes(StandardCharsets.US_ASCII);
    var json = new ByteArrayOutputStream(prefix.length + members.length);
    json.write(prefix, 0, prefix.length);
    json.write(members, 1, members.length - 1);
    return json.toByteArray();
  }
}
