package dev.fedcore.server.entries;

import dev.fedcore.engine.disclosure.Disclosed;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.view.EntryJson;
import dev.fedcore.kernel.identity.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// Pages of one stream's entries, to be shown. A page ends early once what is shown has
/// [Ledger#PAGE_BYTES_MAX] bytes, and after [Ledger#ROWS_MAX] entries that were looked at.
public final class EntryPages {

  /// Entries read, and shown, at a time. What commitments stand for may be much longer than they.
  public static final int LOT = 32;

  private final Ledger ledger;
  private final Disclosed disclosed;

  /// Reads `ledger`.
  public EntryPages(Ledger ledger) {
    this.ledger = ledger;
    this.disclosed = new Disclosed(ledger);
  }

  /// Which entries a reader wants.
  ///
  /// @param type those of this code only, such as `FC-RUN-001`
  /// @param fromSeq where to begin in the stream
  /// @param limit at most so many; 1 or more
  /// @param hashed as they were hashed, not as people read them
  public record Wanted(
      TenantId tenant,
      StreamId stream,
      Optional<String> type,
      long fromSeq,
      int limit,
      boolean hashed) {}

  /// An entry, and its JSON as it is shown.
  public record Shown(LoggedEntry entry, Payload json) {}

  /// What was found.
  ///
  /// @param next the place in the stream where the next page begins; empty after the last one
  public record Page(List<Shown> shown, OptionalLong next) {

    /// The entries alone, as JSON.
    public List<byte[]> json() {
      return shown.stream().map(one -> one.json().utf8()).toList();
    }
  }

  /// Reads a page.
  public Page read(Wanted wanted) {
    return read(wanted, 0);
  }

  /// Reads a page without the first `offset` entries that are wanted.
  public Page read(Wanted wanted, int offset) {
    var shown = new ArrayList<Shown>();
    long bytes = 0;
    int left = offset;
    long next = wanted.fromSeq();
    int rows = wanted.type().isPresent() ? LOT : Math.min(LOT, wanted.limit());
    while (true) {
      List<LoggedEntry> lot = ledger.page(wanted.stream(), next, rows);
      List<LoggedEntry> matching = wanted.type().map(type -> Entries.ofType(lot, type)).orElse(lot);
      int skipped = Math.min(left, matching.size());
      left -= skipped;
      for (Shown one : shown(wanted, matching.subList(skipped, matching.size()))) {
        shown.add(one);
        bytes += one.json().utf8().length;
        if (shown.size() == wanted.limit() || bytes >= Ledger.PAGE_BYTES_MAX) {
          return new Page(shown, OptionalLong.of(one.entry().seq() + 1));
        }
      }
      if (!Entries.isFull(lot, rows)) {
        return new Page(shown, OptionalLong.empty());
      }
      next = lot.getLast().seq() + 1;
      if (next - wanted.fromSeq() >= Ledger.ROWS_MAX) {
        return new Page(shown, OptionalLong.of(next));
      }
    }
  }

  private List<Shown> shown(Wanted wanted, List<LoggedEntry> lot) {
    List<LoggedEntry> first = lot.subList(0, Math.min(lot.size(), wanted.limit()));
    if (wanted.hashed()) {
      return first.stream().map(entry -> shown(entry, EntryJson.render(entry))).toList();
    }
    Map<String, String> names = disclosed.names(wanted.tenant(), first);
    return first.stream().map(entry -> shown(entry, EntryJson.render(entry, names))).toList();
  }

  private static Shown shown(LoggedEntry entry, byte[] json) {
    return new Shown(entry, new Payload(json));
  }
}
