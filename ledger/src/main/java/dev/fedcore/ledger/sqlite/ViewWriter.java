package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.Append;
import dev.fedcore.engine.ledger.Erasure;
import dev.fedcore.engine.ledger.GateRow;
import dev.fedcore.engine.ledger.KeptAnswer;
import dev.fedcore.engine.ledger.NamedRecord;
import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.Timer;
import dev.fedcore.kernel.identity.GateId;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/// Writes what readers ask for beside the entries: runs, gates, timers, records, answers, outbox.
///
/// Used by [LedgerWriter] in its transactions.
final class ViewWriter {

  /// Leaves the indexed columns that a run keeps for life alone, which spares three index writes.
  /// Changes no row in the odd case that one of them did change.
  private static final String RUN =
      """
      INSERT INTO run (run_id, tenant, workflow_id, status, actor, version, at_work, created_at,
                       updated_at, view)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (run_id) DO UPDATE
         SET status = excluded.status,
             version = excluded.version,
             at_work = excluded.at_work,
             created_at = excluded.created_at,
             updated_at = excluded.updated_at,
             view = excluded.view
       WHERE tenant = excluded.tenant
         AND workflow_id = excluded.workflow_id
         AND actor = excluded.actor
      """;

  private static final String RUN_REPLACED =
      """
      UPDATE run
         SET tenant = ?2,
             workflow_id = ?3,
             status = ?4,
             actor = ?5,
             version = ?6,
             at_work = ?7,
             created_at = ?8,
             updated_at = ?9,
             view = ?10
       WHERE run_id = ?1
      """;

  private static final String GATE =
      """
      INSERT INTO gate (gate_id, run_id, tenant, status, opened_at, expires_at, view)
      VALUES (?, ?, ?, ?, ?, ?, ?)
          ON CONFLICT (gate_id) DO UPDATE
         SET run_id = excluded.run_id,
             tenant = excluded.tenant,
             status = excluded.status,
             opened_at = excluded.opened_at,
             expires_at = excluded.expires_at,
             view = excluded.view
      """;

  private static final String TIMER_SET =
      """
      INSERT INTO timer (gate_id, run_id, due_at)
      VALUES (?, ?, ?)
          ON CONFLICT (gate_id) DO UPDATE
         SET run_id = excluded.run_id,
             due_at = excluded.due_at
      """;

  private static final String TIMER_CLEARED =
      """
      DELETE FROM timer
       WHERE gate_id = ?
      """;

  private static final String RECORD =
      """
      INSERT INTO record (tenant, kind, key, body)
      VALUES (?, ?, ?, ?)
          ON CONFLICT (tenant, kind, key) DO UPDATE
         SET body = excluded.body
      """;

  private static final String ANSWER =
      """
      INSERT INTO answer (tenant, key, fingerprint, status, location, body)
      VALUES (?, ?, ?, ?, ?, ?)
      """;

  private static final String EARLIER_ANSWER =
      """
      SELECT fingerprint, status, location, body
        FROM answer
       WHERE tenant = ?
         AND key = ?
      """;

  private static final String MESSAGE =
      """
      INSERT INTO outbox (id, destination, stream, body)
      VALUES (?, ?, ?, ?)
      """;

  private final PreparedStatement run;
  private final PreparedStatement runReplaced;
  private final PreparedStatement gate;
  private final PreparedStatement timerSet;
  private final PreparedStatement timerCleared;
  private final PreparedStatement record;
  private final PreparedStatement answer;
  private final PreparedStatement earlierAnswer;
  private final PreparedStatement message;

  ViewWriter(Connection connection) throws SQLException {
    run = connection.prepareStatement(RUN);
    runReplaced = connection.prepareStatement(RUN_REPLACED);
    gate = connection.prepareStatement(GATE);
    timerSet = connection.prepareStatement(TIMER_SET);
    timerCleared = connection.prepareStatement(TIMER_CLEARED);
    record = connection.prepareStatement(RECORD);
    answer = connection.prepareStatement(ANSWER);
    earlierAnswer = connection.prepareStatement(EARLIER_ANSWER);
    message = connection.prepareStatement(MESSAGE);
  }

  /// The answer that is kept under the same key, in the same tenant.
  Optional<KeptAnswer> answer(KeptAnswer wanted) throws SQLException {
    bind(earlierAnswer, wanted.tenant().value(), wanted.key());
    try (var rows = earlierAnswer.executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      return Optional.of(
          new KeptAnswer(
              wanted.tenant(),
              wanted.key(),
              rows.getString(1),
              rows.getInt(2),
              rows.getString(3),
              new Payload(rows.getBytes(4))));
    }
  }

  /// Writes what `append` changes besides its entries and receipts. A timer that is both set and
  /// cleared is cleared.
  void write(Append append) throws SQLException {
    if (append.run().isPresent()) {
      write(append.run().get());
    }
    for (GateRow row : append.gates()) {
      write(row);
    }
    for (Timer timer : append.timersSet()) {
      update(
          timerSet, timer.gate().toString(), timer.run().toString(), Columns.micros(timer.dueAt()));
    }
    for (GateId cleared : append.timersCleared()) {
      update(timerCleared, cleared.toString());
    }
    for (NamedRecord named : append.records()) {
      update(record, named.tenant().value(), named.kind(), named.key(), named.body().utf8());
    }
    for (OutboxMessage m : append.outbox()) {
      update(message, m.id(), m.destination(), m.stream().value(), m.body().utf8());
    }
    if (append.answer().isPresent()) {
      write(append.answer().get());
    }
  }

  /// Writes what readers see from now on of what has been erased.
  void write(Erasure erasure) throws SQLException {
    for (RunRow row : erasure.runs()) {
      write(row);
    }
    for (GateRow row : erasure.gates()) {
      write(row);
    }
  }

  private void write(RunRow row) throws SQLException {
    Object[] columns = {
      row.run().toString(),
      row.tenant().value(),
      row.workflowId(),
      row.status().name(),
      row.actor(),
      row.version(),
      row.atWork(),
      Columns.micros(row.createdAt()),
      Columns.micros(row.updatedAt()),
      row.view().utf8()
    };
    if (update(run, columns) == 0) {
      update(runReplaced, columns);
    }
  }

  private void write(GateRow row) throws SQLException {
    update(
        gate,
        row.gate().toString(),
        row.run().toString(),
        row.tenant().value(),
        row.status().name(),
        Columns.micros(row.openedAt()),
        Columns.micros(row.expiresAt()),
        row.view().utf8());
  }

  private void write(KeptAnswer kept) throws SQLException {
    update(
        answer,
        kept.tenant().value(),
        kept.key(),
        kept.fingerprint(),
        kept.status(),
        kept.location(),
        kept.body().utf8());
  }

  private static int update(PreparedStatement statement, Object... values) throws SQLException {
    bind(statement, values);
    return statement.executeUpdate();
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
  }
}
