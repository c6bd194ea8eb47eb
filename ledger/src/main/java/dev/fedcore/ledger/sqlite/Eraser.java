package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.Append;
import dev.fedcore.engine.ledger.Erasure;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.evidence.json.CanonicalWriter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/// Takes away what is known of a person, in the transaction of the entry that says so. Used by
/// [LedgerWriter].
///
/// Kept answers stay, so that a request that is sent again does nothing a second time; what they
/// say, and the fingerprint by which a guessed request could be recognised, does not.
final class Eraser {

  private static final String LIVE =
      """
      SELECT count(*)
        FROM run INDEXED BY run_by_actor
       WHERE tenant = ?
         AND actor = ?
         AND status IN ('PENDING', 'RUNNING', 'PAUSED')
      """;

  private static final String VERSION =
      """
      SELECT version
        FROM run
       WHERE run_id = ?
      """;

  private static final String DISCLOSURES =
      """
      DELETE FROM disclosure
       WHERE stream = ?
      """;

  private static final String AUTHORED =
      """
      DELETE FROM disclosure
       WHERE tenant = ?
         AND author = ?
      """;

  private static final String SUBJECT =
      """
      DELETE FROM subject
       WHERE tenant = ?
         AND subject = ?
      """;

  private static final String KEY =
      """
      DELETE FROM subject
       WHERE tenant = ?
         AND pseudonym = ?
      """;

  private static final String MESSAGES =
      """
      DELETE FROM outbox
       WHERE stream = ?
         AND instr(body, ?) > 0
      """;

  private static final String ANSWERS =
      """
      UPDATE answer
         SET fingerprint = 'erased',
             body = CAST('{"erased":true}' AS BLOB)
       WHERE tenant = ?
         AND substr(location, instr(location, '/runs/') + 6, 36)
             IN (SELECT value FROM json_each(?))
      """;

  private final PreparedStatement live;
  private final PreparedStatement version;
  private final PreparedStatement disclosures;
  private final PreparedStatement authored;
  private final PreparedStatement subject;
  private final PreparedStatement key;
  private final PreparedStatement messages;
  private final PreparedStatement answers;

  Eraser(Connection connection) throws SQLException {
    live = connection.prepareStatement(LIVE);
    version = connection.prepareStatement(VERSION);
    disclosures = connection.prepareStatement(DISCLOSURES);
    authored = connection.prepareStatement(AUTHORED);
    subject = connection.prepareStatement(SUBJECT);
    key = connection.prepareStatement(KEY);
    messages = connection.prepareStatement(MESSAGES);
    answers = connection.prepareStatement(ANSWERS);
  }

  /// Whether the erasure in `append`, if there is one, was decided on what still stands.
  boolean accepts(Append append) throws SQLException {
    if (append.personal().erasing().isEmpty()) {
      return true;
    }
    Erasure erasure = append.personal().erasing().get();
    for (RunRow run : erasure.runs()) {
      if (version(run) != run.version()) {
        return false;
      }
    }
    live.setString(1, append.tenant().value());
    live.setString(2, erasure.subject());
    try (var rows = live.executeQuery()) {
      rows.next();
      return rows.getLong(1) == 0;
    }
  }

  /// Takes away what rows beside runs and gates hold.
  void erase(Append append, Erasure erasure) throws SQLException {
    for (StreamId stream : erasure.streams()) {
      disclosures.setString(1, stream.value());
      disclosures.executeUpdate();
    }
    byte[] said = needle(erasure.subject());
    for (RunRow run : erasure.runs()) {
      messages.setString(1, StreamId.of(run.run()).value());
      messages.setBytes(2, said);
      messages.executeUpdate();
    }
    answers.setString(1, append.tenant().value());
    answers.setString(2, names(erasure.runs()));
    answers.executeUpdate();
    key.setString(1, append.tenant().value());
    key.setString(2, erasure.payloads());
    key.executeUpdate();
    if (erasure.isLast()) {
      authored.setString(1, append.tenant().value());
      authored.setString(2, erasure.pseudonym());
      authored.executeUpdate();
      subject.setString(1, append.tenant().value());
      subject.setString(2, erasure.subject());
      subject.executeUpdate();
    }
  }

  /// The runs' ids as a JSON array; answers name their run in the path they were given at.
  private static String names(List<RunRow> runs) {
    var json = new CanonicalWriter().beginArray();
    runs.forEach(run -> json.string(run.run().toString()));
    return json.endArray().toString();
  }

  private long version(RunRow run) throws SQLException {
    version.setString(1, run.run().toString());
    try (var rows = version.executeQuery()) {
      return rows.next() ? rows.getLong(1) : -1;
    }
  }

  /// As it stands in JSON, between quotation marks or within a text.
  private static byte[] needle(String value) {
    byte[] quoted = new CanonicalWriter().string(value).toBytes();
    return Arrays.copyOfRange(quoted, 1, quoted.length - 1);
  }
}
