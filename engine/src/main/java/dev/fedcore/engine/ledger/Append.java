package dev.fedcore.engine.ledger;

import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.TenantId;
import java.util.List;
import java.util.Optional;

/// Everything one command changes, to be kept as a whole or not at all.
///
/// @param expectedVersion how many entries the stream had when the command was decided
/// @param entries one or more, in the order they happened; the first one's `seq` is
///   `expectedVersion`
/// @param receipts given by these entries, in order
/// @param run the run as readers see it from now on; absent for a tenant's stream
/// @param gates as readers see them from now on
/// @param timersSet replaces a timer of the same gate
/// @param timersCleared gates that expire no more
/// @param personal keys and disclosures that come or go with it
public record Append(
    StreamId stream,
    TenantId tenant,
    long expectedVersion,
    List<Document> entries,
    List<Document> receipts,
    Optional<RunRow> run,
    List<GateRow> gates,
    List<Timer> timersSet,
    List<GateId> timersCleared,
    List<NamedRecord> records,
    List<OutboxMessage> outbox,
    Optional<KeptAnswer> answer,
    Personal personal) {

  /// The most entries in one append. A plan of 256 pure steps writes 769 at once.
  public static final int ENTRIES_MAX = 1_024;

  public Append {
    entries = List.copyOf(entries);
    receipts = List.copyOf(receipts);
    gates = List.copyOf(gates);
    timersSet = List.copyOf(timersSet);
    timersCleared = List.copyOf(timersCleared);
    records = List.copyOf(records);
    outbox = List.copyOf(outbox);
    if (entries.isEmpty() || entries.size() > ENTRIES_MAX) {
      throw new IllegalArgumentException("an append has 1 to 1,024 entries");
    }
  }

  /// An append of entries alone, as a tenant's stream has them.
  public static Append of(
      StreamId stream, TenantId tenant, long expectedVersion, List<Document> entries) {
    return new Append(
        stream,
        tenant,
        expectedVersion,
        entries,
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        Optional.empty(),
        Personal.NONE);
  }

  /// The same append, with what it keeps or takes away of people.
  public Append with(Personal people) {
    return new Append(
        stream,
        tenant,
        expectedVersion,
        entries,
        receipts,
        run,
        gates,
        timersSet,
        timersCleared,
        records,
        outbox,
        answer,
        people);
  }
}
