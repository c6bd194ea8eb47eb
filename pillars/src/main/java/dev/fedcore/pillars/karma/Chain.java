package dev.fedcore.pillars.karma;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.pillars.karma.people.Disclosure;
import dev.fedcore.pillars.karma.people.Salt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// The end of the chain of events, for the one thread that writes.
final class Chain {

  private static final String HEAD =
      """
      SELECT seq, hash, body
        FROM event
       ORDER BY seq DESC
       LIMIT 1
      """;

  private static final String ADD_EVENT =
      """
      INSERT INTO event (seq, tenant, event_id, type, user_id, hash, body)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String ADD_OUTCOME =
      """
      INSERT INTO outcome (seq, changes, answer)
      VALUES (?, ?, ?)
      """;

  private static final String ADD_DISCLOSURE =
      """
      INSERT INTO disclosure (seq, tenant, event_id, salt, said)
      VALUES (?, ?, ?, ?, ?)
      """;

  private final Statements statements;

  Chain(Statements statements) {
    this.statements = statements;
  }

  /// Where the next event has its place.
  ///
  /// @param prev the hash of the one before
  /// @param notBefore the time of the one before
  record Place(long seq, String prev, Instant notBefore) {

    private static final Place FIRST = new Place(0, EventRecord.GENESIS, Instant.MIN);

    /// The time of an event here: time does not run back, whatever the clock does.
    Instant at(Instant now) {
      return now.isBefore(notBefore) ? notBefore : now;
    }
  }

  Place next() throws SQLException {
    return statements
        .first(
            HEAD,
            row ->
                new Place(
                    row.getLong(1) + 1,
                    Sha256.hexOf(row.getBytes(2)),
                    EventRecord.read(row.getBytes(3)).at()))
        .orElse(Place.FIRST);
  }

  void append(EventRecord event, Disclosure disclosure, Derivation.Derived derived)
      throws SQLException {
    byte[] body = event.bytes();
    statements.execute(
        ADD_EVENT,
        event.seq(),
        event.tenant(),
        event.eventId(),
        event.type().text(),
        event.pseudonym(),
        Sha256.digest(body),
        body);
    statements.execute(
        ADD_OUTCOME,
        event.seq(),
        derived.changes().canonicalBytes(),
        derived.answer().canonicalBytes());
    statements.execute(
        ADD_DISCLOSURE,
        event.seq(),
        event.tenant(),
        disclosure.eventId().orElse(null),
        disclosure.salt().map(Salt::bytes).orElse(null),
        disclosure.said().map(said -> said.canonicalBytes()).orElse(null));
  }

  /// Reads the three columns from `first` on: the event's id, the salt, and what was said.
  static Disclosure disclosure(ResultSet row, int first) throws SQLException {
    return new Disclosure(
        Optional.ofNullable(row.getString(first)),
        Optional.ofNullable(row.getBytes(first + 1)).map(Salt::of),
        Optional.ofNullable(row.getBytes(first + 2))
            .map(said -> JsonReader.readObject(said, EventRecord.LIMITS)));
  }
}
