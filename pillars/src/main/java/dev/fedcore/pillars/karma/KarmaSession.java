package dev.fedcore.pillars.karma;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.pillars.karma.rules.Member;
import dev.fedcore.pillars.karma.rules.QTable;
import dev.fedcore.sqlite.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Writes events with all that follows from them, for the one thread that writes. An event is read,
/// judged and written in one transaction, after every event before it.
final class KarmaSession {

  /// How many rows an event writes: itself, its outcome, the member and the table.
  static final int ROWS = 4;

  private static final String HEAD =
      """
      SELECT seq, hash, body
        FROM event
       ORDER BY seq DESC
       LIMIT 1
      """;

  private static final String KNOWN =
      """
      SELECT event.body, outcome.answer
        FROM event JOIN outcome USING (seq)
       WHERE tenant = ? AND event_id = ?
      """;

  private static final String MEMBER =
      """
      SELECT body
        FROM member
       WHERE tenant = ? AND user_id = ?
      """;

  private static final String Q_TABLE =
      """
      SELECT body
        FROM q_table
       WHERE tenant = ?
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

  private static final String PUT_MEMBER =
      """
      INSERT INTO member (tenant, user_id, role, body)
      VALUES (?, ?, ?, ?)
      ON CONFLICT (tenant, user_id) DO UPDATE SET role = excluded.role, body = excluded.body
      """;

  private static final String PUT_Q_TABLE =
      """
      INSERT INTO q_table (tenant, updated_at, body)
      VALUES (?, ?, ?)
      ON CONFLICT (tenant) DO UPDATE SET updated_at = excluded.updated_at, body = excluded.body
      """;

  private final Connection connection;

  /// By their text; closed with the connection.
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  KarmaSession(Connection connection) {
    this.connection = connection;
  }

  Telling tell(Submission submission) throws SQLException {
    if (submission.eventId().isPresent()) {
      Optional<Telling> before =
          first(
              KNOWN,
              row -> repeated(submission, row.getBytes(1), row.getBytes(2)),
              submission.tenant(),
              submission.eventId().get());
      if (before.isPresent()) {
        return before.get();
      }
    }
    EventRecord event =
        first(
                HEAD,
                row ->
                    submission.after(
                        row.getLong(1) + 1,
                        Sha256.hexOf(row.getBytes(2)),
                        EventRecord.read(row.getBytes(3)).at()))
            .orElseGet(() -> submission.after(0, EventRecord.GENESIS, Instant.MIN));
    Optional<Member> member =
        first(MEMBER, row -> Member.of(json(row.getBytes(1))), event.tenant(), submission.userId());
    QTable table =
        first(Q_TABLE, row -> QTable.of(json(row.getBytes(1))), event.tenant()).orElse(QTable.ZERO);
    return switch (Derivation.of(event, table, member)) {
      case Derivation.Impossible(var refusal) -> new Telling.Refused(refusal);
      case Derivation.Derived derived -> keep(event, submission.userId(), derived);
    };
  }

  private static Telling repeated(Submission submission, byte[] event, byte[] answer) {
    EventRecord first = EventRecord.read(event);
    boolean same =
        first.bodyHash().equals(submission.bodyHash())
            && first.type() == submission.type()
            && first.source().equals(submission.source());
    return same ? new Telling.Repeated(json(answer)) : new Telling.IdReused(first.eventId());
  }

  private Telling keep(EventRecord event, String userId, Derivation.Derived derived)
      throws SQLException {
    byte[] body = event.bytes();
    execute(
        ADD_EVENT,
        event.seq(),
        event.tenant(),
        event.eventId(),
        event.type().text(),
        userId,
        Sha256.digest(body),
        body);
    execute(
        ADD_OUTCOME,
        event.seq(),
        derived.changes().canonicalBytes(),
        derived.answer().canonicalBytes());
    if (derived.member().isPresent()) {
      Member member = derived.member().get();
      byte[] kept = member.json().canonicalBytes();
      execute(PUT_MEMBER, event.tenant(), userId, member.role().text(), kept);
    }
    byte[] table = derived.table().json().canonicalBytes();
    execute(PUT_Q_TABLE, event.tenant(), event.at().toString(), table);
    return new Telling.Recorded(derived.answer());
  }

  /// An object that was kept here.
  static JsonObject json(byte[] bytes) {
    return JsonReader.readObject(bytes, JsonLimits.DEFAULT);
  }

  private <T> Optional<T> first(String sql, Row<T> row, Object... values) throws SQLException {
    try (var rows = prepared(sql, values).executeQuery()) {
      return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
    }
  }

  private void execute(String sql, Object... values) throws SQLException {
    prepared(sql, values).executeUpdate();
  }

  /// A statement with its values, compiled once for all events.
  private PreparedStatement prepared(String sql, Object... values) throws SQLException {
    PreparedStatement statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }
}
