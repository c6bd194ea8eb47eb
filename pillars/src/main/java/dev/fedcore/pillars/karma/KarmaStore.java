package dev.fedcore.pillars.karma;

import dev.fedcore.engine.disclosure.Disclosed;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.pillars.karma.people.Disclosure;
import dev.fedcore.pillars.karma.people.Opening;
import dev.fedcore.pillars.karma.rules.Member;
import dev.fedcore.pillars.karma.rules.QTable;
import dev.fedcore.sqlite.Row;
import dev.fedcore.sqlite.Schema;
import dev.fedcore.sqlite.Store;
import dev.fedcore.sqlite.StoreUnavailable;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file `karma.db`: what was told, and what followed. Safe for use by many threads.
final class KarmaStore implements AutoCloseable {

  /// The letters FCKA.
  static final int APPLICATION_ID = 0x46434b41;

  private static final Schema SCHEMA =
      new Schema(
          KarmaStore.class,
          APPLICATION_ID,
          "Karma store",
          List.of("001_karma.sql", "002_people.sql"));

  private static final String MEMBER =
      """
      SELECT member.body, person.pseudonym
        FROM person
             JOIN member ON member.tenant = person.tenant AND member.user_id = person.pseudonym
       WHERE person.tenant = ? AND person.user_id = ?
      """;

  private static final String Q_TABLE =
      """
      SELECT body, updated_at
        FROM q_table
       WHERE tenant = ?
      """;

  private static final String HISTORY =
      """
      SELECT event.body, outcome.changes, disclosure.event_id, disclosure.salt, disclosure.said
        FROM person
             JOIN event ON event.tenant = person.tenant AND event.user_id = person.pseudonym
             JOIN outcome USING (seq) JOIN disclosure USING (seq)
       WHERE person.tenant = ? AND person.user_id = ? AND event.seq < ?
       ORDER BY event.seq DESC
       LIMIT ?
      """;

  private static final String SIZE =
      """
      SELECT coalesce(max(seq) + 1, 0)
        FROM event
      """;

  private static final Logger LOG = LoggerFactory.getLogger(KarmaStore.class);

  private final Store<KarmaSession> store;
  private final Tally tally;

  private KarmaStore(Store<KarmaSession> store, Tally tally) {
    this.store = store;
    this.tally = tally;
  }

  /// Opens it.
  ///
  /// @param random draws salts
  static KarmaStore open(Path directory, SecureRandom random) {
    var tally = new Tally();
    return new KarmaStore(
        Store.open(
            directory.resolve("karma.db"),
            SCHEMA,
            connection -> new KarmaSession(connection, random, tally)),
        tally);
  }

  Telling tell(Submission submission) {
    String tenant = submission.tenant();
    Counted told =
        store.write(
            "tell an event",
            KarmaSession.ROWS,
            session -> new Counted(session.tell(submission), session.counts(tenant)));
    tally.publish(tenant, told.counts());
    return told.telling();
  }

  /// Erases a person in one transaction; says how many values went. Everything is looked at before
  /// it, so that whoever tells something meanwhile does not wait for that.
  long erase(Erasing.Order order) {
    return erase(order, look(order));
  }

  Erasing.Found look(Erasing.Order order) {
    return Erasing.look(store, order);
  }

  long erase(Erasing.Order order, Erasing.Found found) {
    return store.write("erase a person", Erasing.ROWS, session -> session.erase(order, found));
  }

  /// Writes the file anew, so that what was erased is not in it any more; says whether it worked.
  boolean compacted() {
    try {
      store.compact();
      return true;
    } catch (StoreUnavailable e) {
      LOG.warn("not_compacted cause={}", e.getMessage());
      return false;
    }
  }

  Optional<Member> member(String tenant, String userId) {
    Row<Member> member =
        row -> Member.of(KarmaSession.json(row.getBytes(1))).withPlansOf(row.getString(2), userId);
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

  /// One event of a user, and what it changed, as people read them.
  ///
  /// @param event the record, whose names and words are sealed
  record Explained(EventRecord event, String eventId, JsonObject data, JsonValue changes) {}

  /// A user's events, the latest first.
  ///
  /// @param before only earlier ones
  List<Explained> history(String tenant, String userId, long before, int limit) {
    return store.list(
        "read a user's changes",
        HISTORY,
        row -> explained(row, userId),
        tenant,
        userId,
        before,
        limit);
  }

  private static Explained explained(ResultSet row, String userId) throws SQLException {
    EventRecord event = EventRecord.read(row.getBytes(1));
    JsonValue changes = JsonReader.read(row.getBytes(2), JsonLimits.DEFAULT);
    Disclosure disclosure = Chain.disclosure(row, 3);
    Opening opening = event.opening(Optional.of(userId), disclosure);
    return new Explained(
        event,
        disclosure.eventId().orElse(Disclosed.ERASED),
        opening.of(event.data()),
        opening.of(changes));
  }

  /// How many events and users a tenant has.
  Tally.Counts counts(String tenant) {
    return tally.of(tenant);
  }

  /// How many events there are.
  long size() {
    return store.first("count the events", SIZE, row -> row.getLong(1)).orElse(0L);
  }

  /// Reads everything, to compare what is kept with what follows from the events.
  Replay replay() {
    return new Replay(store);
  }

  private record Counted(Telling telling, Tally.Counts counts) {}

  @Override
  public void close() {
    store.close();
  }
}
