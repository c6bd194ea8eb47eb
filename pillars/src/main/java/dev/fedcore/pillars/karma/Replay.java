package dev.fedcore.pillars.karma;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.pillars.karma.rules.Member;
import dev.fedcore.pillars.karma.rules.QTable;
import dev.fedcore.sqlite.Row;
import dev.fedcore.sqlite.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/// Works out again what follows from the events, and reads what is kept of it. The two are equal
/// while nothing is being told.
final class Replay {

  /// How many rows are read at once.
  private static final int PAGE_ROWS = 1_000;

  private static final String EVENTS =
      """
      SELECT seq, hash, body
        FROM event
       WHERE seq > ?
       ORDER BY seq
       LIMIT ?
      """;

  private static final String OUTCOMES =
      """
      SELECT seq, changes, answer
        FROM outcome
       WHERE seq > ?
       ORDER BY seq
       LIMIT ?
      """;

  private static final String MEMBERS =
      """
      SELECT member_row, tenant, user_id, body
        FROM member
       WHERE member_row > ?
       ORDER BY member_row
       LIMIT ?
      """;

  private static final String Q_TABLES =
      """
      SELECT q_table_row, tenant, body
        FROM q_table
       WHERE q_table_row > ?
       ORDER BY q_table_row
       LIMIT ?
      """;

  private final Store<KarmaSession> store;

  Replay(Store<KarmaSession> store) {
    this.store = store;
  }

  private record Link(long seq, String hash, String body) {}

  private record Outcome(long seq, String changes, String answer) {}

  private record Kept(long row, String tenant, String userId, JsonObject body) {}

  private record UserKey(String tenant, String userId) {}

  /// What is kept.
  Snapshot kept() {
    var snapshot = new Snapshot.Builder();
    each(
        OUTCOMES,
        row -> new Outcome(row.getLong(1), text(row, 2), text(row, 3)),
        Outcome::seq,
        outcome ->
            snapshot.outcome(outcome.changes().getBytes(UTF_8), outcome.answer().getBytes(UTF_8)));
    each(
        MEMBERS,
        row -> new Kept(row.getLong(1), row.getString(2), row.getString(3), json(row, 4)),
        Kept::row,
        kept -> snapshot.member(kept.tenant(), kept.userId(), kept.body()));
    each(
        Q_TABLES,
        row -> new Kept(row.getLong(1), row.getString(2), "", json(row, 3)),
        Kept::row,
        kept -> snapshot.table(kept.tenant(), kept.body()));
    return snapshot.build();
  }

  /// What follows from the events.
  ///
  /// @throws KarmaCorrupted if an event is not the one that was kept
  Snapshot replayed() {
    var again = new Again();
    each(
        EVENTS,
        row -> new Link(row.getLong(1), Sha256.hexOf(row.getBytes(2)), text(row, 3)),
        Link::seq,
        again::tell);
    return again.snapshot();
  }

  private static String text(ResultSet row, int column) throws SQLException {
    return new String(row.getBytes(column), UTF_8);
  }

  private static JsonObject json(ResultSet row, int column) throws SQLException {
    return KarmaSession.json(row.getBytes(column));
  }

  private <T> void each(String sql, Row<T> row, ToLongFunction<T> position, Consumer<T> consumer) {
    long after = -1;
    List<T> page;
    do {
      page = store.list("read everything", sql, row, after, PAGE_ROWS);
      page.forEach(consumer);
      after = page.isEmpty() ? after : position.applyAsLong(page.getLast());
    } while (page.size() == PAGE_ROWS);
  }

  /// One replay, from nothing.
  private static final class Again {

    private final Snapshot.Builder snapshot = new Snapshot.Builder();
    private final Map<UserKey, Member> members = new HashMap<>();
    private final Map<String, QTable> tables = new HashMap<>();
    private long next;
    private String head = EventRecord.GENESIS;

    void tell(Link link) {
      byte[] body = link.body().getBytes(UTF_8);
      EventRecord event = EventRecord.read(body);
      String hash = Sha256.hex(body);
      boolean chained = event.seq() == next && event.prev().equals(head);
      if (!chained || link.seq() != next || !hash.equals(link.hash())) {
        throw new KarmaCorrupted("event %d is not the one that was kept there".formatted(next));
      }
      next++;
      head = hash;
      apply(event);
    }

    private void apply(EventRecord event) {
      var key = new UserKey(event.tenant(), event.pseudonym());
      QTable table = tables.getOrDefault(event.tenant(), QTable.ZERO);
      Optional<Member> member = Optional.ofNullable(members.get(key));
      switch (Derivation.of(event, table, member)) {
        case Derivation.Derived derived -> {
          if (event.type() != EventType.ERASURE) {
            tables.put(event.tenant(), derived.table());
          }
          derived.member().ifPresent(after -> members.put(key, after));
          snapshot.outcome(derived.changes().canonicalBytes(), derived.answer().canonicalBytes());
        }
        case Derivation.Impossible _ ->
            throw new KarmaCorrupted("event %d cannot have happened".formatted(event.seq()));
      }
    }

    Snapshot snapshot() {
      members.forEach((key, member) -> snapshot.member(key.tenant(), key.userId(), member.json()));
      tables.forEach((tenant, table) -> snapshot.table(tenant, table.json()));
      return snapshot.build();
    }
  }
}
