package dev.fedcore.pillars.karma;

import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.pillars.karma.rules.Member;
import dev.fedcore.pillars.karma.rules.QTable;
import dev.fedcore.sqlite.Row;
import dev.fedcore.sqlite.Schema;
import dev.fedcore.sqlite.Store;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The file `karma.db`: what was told, and what followed. Safe for use by many threads.
final class KarmaStore implements AutoCloseable {

  /// The letters FCKA.
  private static final int APPLICATION_ID = 0x46434b41;

  private static final Schema SCHEMA =
      new Schema(KarmaStore.class, APPLICATION_ID, "Karma store", List.of("001_karma.sql"));

  private static final String MEMBER =
      """
      SELECT body
        FROM member
       WHERE tenant = ? AND user_id = ?
      """;

  private static final String Q_TABLE =
      """
      SELECT body, updated_at
        FROM q_table
       WHERE tenant = ?
      """;

  private static final String HISTORY =
      """
      SELECT event.seq, event.body, outcome.changes
        FROM event JOIN outcome USING (seq)
       WHERE tenant = ? AND user_id = ? AND seq < ?
       ORDER BY seq DESC
       LIMIT ?
      """;

  private static final String BY_TYPE =
      """
      SELECT type, count(*)
        FROM event
       WHERE tenant = ?
       GROUP BY type
      """;

  private static final String BY_ROLE =
      """
      SELECT role, count(*)
        FROM member
       WHERE tenant = ?
       GROUP BY role
      """;

  private static final String SIZE =
      """
      SELECT coalesce(max(seq) + 1, 0)
        FROM event
      """;

  private final Store<KarmaSession> store;

  private KarmaStore(Store<KarmaSession> store) {
    this.store = store;
  }

  static KarmaStore open(Path directory) {
    return new KarmaStore(Store.open(directory.resolve("karma.db"), SCHEMA, KarmaSession::new));
  }

  Telling tell(Submission submission) {
    return store.write("tell an event", KarmaSession.ROWS, session -> session.tell(submission));
  }

  Optional<Member> member(String tenant, String userId) {
    Row<Member> member = row -> Member.of(KarmaSession.json(row.getBytes(1)));
    return store.first("read a user", MEMBER, member, tenant, userId);
  }

  /// What was learned, and when last.
  record Learned(QTable table, String updatedAt) {}

  Optional<Learned> learned(String tenant) {
    return store.first(
        "read the Q-table",
        Q_TABLE,
        row -> new Learned(QTable.of(KarmaSession.json(row.getBytes(1))), row.getString(2)),
        tenant);
  }

  /// One event of a user, and what it changed.
  record Explained(long seq, EventRecord event, JsonValue changes) {}

  /// A user's events, the latest first.
  ///
  /// @param before only earlier ones
  List<Explained> history(String tenant, String userId, long before, int limit) {
    return store.list(
        "read a user's changes",
        HISTORY,
        row ->
            new Explained(
                row.getLong(1),
                EventRecord.read(row.getBytes(2)),
                JsonReader.read(row.getBytes(3), JsonLimits.DEFAULT)),
        tenant,
        userId,
        before,
        limit);
  }

  Map<String, Long> eventsByType(String tenant) {
    return counts(BY_TYPE, tenant);
  }

  Map<String, Long> membersByRole(String tenant) {
    return counts(BY_ROLE, tenant);
  }

  /// How many events there are.
  long size() {
    return store.first("count the events", SIZE, row -> row.getLong(1)).orElse(0L);
  }

  /// Reads everything, to compare what is kept with what follows from the events.
  Replay replay() {
    return new Replay(store);
  }

  private Map<String, Long> counts(String sql, String tenant) {
    var counts = new TreeMap<String, Long>();
    store
        .list("count", sql, row -> Map.entry(row.getString(1), row.getLong(2)), tenant)
        .forEach(count -> counts.put(count.getKey(), count.getValue()));
    return counts;
  }

  @Override
  public void close() {
    store.close();
  }
}
