package dev.fedcore.engine.view;

import dev.fedcore.engine.ledger.LoggedEntry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// An audit entry as readers see it: the stored members, and in front of them `entry_hash` and
/// `index`. Take those two away, canonicalise the rest, and its SHA-256 is `entry_hash`.
public final class EntryJson {

  private EntryJson() {}

  /// Writes one entry.
  public static byte[] render(LoggedEntry entry) {
    byte[] stored = entry.document().bytes();
    String front =
        "{\"entry_hash\":\"%s\",\"index\":%d,".formatted(entry.document().hash(), entry.index());
    byte[] prefix = front.getBytes(StandardCharsets.US_ASCII);
    var json = new ByteArrayOutputStream(prefix.length + stored.length);
    json.write(prefix, 0, prefix.length);
    json.write(stored, 1, stored.length - 1);
    return json.toByteArray();
  }
}
