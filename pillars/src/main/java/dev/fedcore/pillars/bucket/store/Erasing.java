package dev.fedcore.pillars.bucket.store;

import dev.fedcore.engine.erasure.Mentions;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.sqlite.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/// One person is erased from the entries of one tenant: the content of every entry that names them
/// goes, some at a time, each lot with an entry in the audit trail that numbers what went. What is
/// interrupted is finished by asking again. For one thread.
public final class Erasing {

  /// The operation of such an entry.
  public static final String OPERATION = "ERASURE";

  /// Entries of one transaction, so that others wait little.
  private static final int LOT = 500;

  /// How many entries are read at once; at most 64 of the largest, which is 64 MiB.
  private static final int PAGE_ROWS = 64;

  private static final JsonLimits CONTENT = new JsonLimits(4 << 20, 512, 100_000);

  private final Mentions mentions;
  private final Draft.Columns columns;
  private final JsonObject members;
  private final List<ErasureLot.Found> lot = new ArrayList<>();
  private long erased;

  /// @param columns of the audit entry; its tenant is the one that is looked through
  /// @param members of the audit entry, which do not name the person
  public Erasing(Mentions mentions, Draft.Columns columns, JsonObject members) {
    this.mentions = mentions;
    this.columns = columns;
    this.members = members;
  }

  /// @param taking takes the content of a lot, durably, and says how many entries had one
  long from(Store<ChainWriter> store, ToIntFunction<ErasureLot> taking) {
    for (Chain chain : Chain.values()) {
      from(store, chain, taking);
    }
    write(taking);
    return erased;
  }

  private void from(Store<ChainWriter> store, Chain chain, ToIntFunction<ErasureLot> taking) {
    String rows =
        """
        SELECT seq, entry_id, requester, content
          FROM %s
         WHERE seq > ?
           AND tenant = ?
           AND content IS NOT NULL
         ORDER BY seq
         LIMIT ?
        """
            .formatted(chain.table());
    long after = -1;
    List<Looked> page;
    do {
      page =
          store.list(
              "look for somebody",
              rows,
              row -> look(chain, row),
              after,
              columns.tenant(),
              PAGE_ROWS);
      page.forEach(looked -> looked.found().ifPresent(lot::add));
      after = page.isEmpty() ? after : page.getLast().seq();
      if (lot.size() >= LOT) {
        write(taking);
      }
    } while (page.size() == PAGE_ROWS);
  }

  private record Looked(long seq, Optional<ErasureLot.Found> found) {}

  private Looked look(Chain chain, ResultSet row) throws SQLException {
    long seq = row.getLong(1);
    boolean isRequester = mentions.in("requester_id", new JsonString(row.getString(3)));
    boolean isInId = isRequester || mentions.in(new JsonString(row.getString(2)));
    boolean isFound = isInId || mentions.in(JsonReader.readObject(row.getBytes(4), CONTENT));
    return new Looked(
        seq,
        isFound
            ? Optional.of(new ErasureLot.Found(chain, seq, isRequester, isInId))
            : Optional.empty());
  }

  private void write(ToIntFunction<ErasureLot> taking) {
    if (!lot.isEmpty()) {
      erased += taking.applyAsInt(new ErasureLot(columns, members, lot));
      lot.clear();
    }
  }
}
