package dev.fedcore.pillars.witness;

import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.Cosigner;
import dev.fedcore.evidence.note.Note.SignatureLine;
import dev.fedcore.evidence.witness.AddCheckpoint;
import dev.fedcore.evidence.witness.WitnessRule;
import dev.fedcore.evidence.witness.WitnessRule.Verdict;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Judges and remembers, for the one thread that writes: what was cosigned last is read, compared
/// and replaced in one transaction, so that of two requests that race one sees the other.
final class WitnessSession {

  /// How many rows a request writes.
  static final int ROWS = 1;

  private static final String IDENTITY =
      """
      INSERT INTO identity (one, vkey)
      VALUES (1, ?)
      ON CONFLICT DO NOTHING
      """;

  private static final String LATEST =
      """
      SELECT size, root, cosigned_at
        FROM log
       WHERE origin = ?
      """;

  private static final String REMEMBER =
      """
      INSERT INTO log (origin, size, root, cosigned_at, note)
      VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (origin) DO UPDATE
         SET size = excluded.size,
             root = excluded.root,
             cosigned_at = excluded.cosigned_at,
             note = excluded.note
      """;

  private final Connection connection;

  WitnessSession(Connection connection) {
    this.connection = connection;
  }

  /// @param line the cosignature, when the verdict is to make one
  record Answer(Verdict verdict, Optional<String> line) {}

  /// A checkpoint that a log has signed.
  ///
  /// @param signatures the log's own
  record Submission(AddCheckpoint request, List<SignatureLine> signatures, Instant now) {}

  private record Latest(Checkpoint checkpoint, Instant cosignedAt) {}

  boolean name(String vkey) throws SQLException {
    try (var statement = connection.prepareStatement(IDENTITY)) {
      statement.setString(1, vkey);
      return statement.executeUpdate() == 1;
    }
  }

  /// Judges a submission, and remembers it if it is to be cosigned. The cosignature is made here,
  /// so that its time and its size never run against each other.
  Answer judge(Submission submission, Cosigner cosigner) throws SQLException {
    AddCheckpoint request = submission.request();
    Optional<Latest> latest = latest(request.checkpoint().origin());
    Verdict verdict = WitnessRule.judge(request, latest.map(Latest::checkpoint));
    if (!(verdict instanceof Verdict.Cosign)) {
      return new Answer(verdict, Optional.empty());
    }
    Instant time =
        latest
            .map(Latest::cosignedAt)
            .filter(last -> last.isAfter(submission.now()))
            .orElse(submission.now());
    String line = cosigner.cosign(request.note().text(), time);
    remember(request.checkpoint(), time, note(submission, line));
    return new Answer(verdict, Optional.of(line));
  }

  private static String note(Submission submission, String line) {
    var note = new StringBuilder(submission.request().note().text()).append('\n');
    submission.signatures().forEach(signature -> note.append(signature.text()));
    return note.append(line).toString();
  }

  private Optional<Latest> latest(String origin) throws SQLException {
    try (var statement = connection.prepareStatement(LATEST)) {
      statement.setString(1, origin);
      try (var rows = statement.executeQuery()) {
        if (!rows.next()) {
          return Optional.empty();
        }
        var checkpoint = new Checkpoint(origin, rows.getLong("size"), rows.getBytes("root"));
        return Optional.of(
            new Latest(checkpoint, Instant.ofEpochSecond(rows.getLong("cosigned_at"))));
      }
    }
  }

  private void remember(Checkpoint checkpoint, Instant time, String note) throws SQLException {
    try (var statement = connection.prepareStatement(REMEMBER)) {
      statement.setString(1, checkpoint.origin());
      statement.setLong(2, checkpoint.size());
      statement.setBytes(3, checkpoint.root());
      statement.setLong(4, time.getEpochSecond());
      statement.setString(5, note);
      statement.executeUpdate();
    }
  }
}
