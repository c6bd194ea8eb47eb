package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.GateRow;
import dev.fedcore.engine.ledger.Timer;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Reads gates and the timers that expire them.
///
/// @param reader asks the file
record GateReads(LedgerReader reader) {

  private static final String GATE =
      """
      SELECT gate_id, run_id, tenant, status, opened_at, expires_at, view
        FROM gate
       WHERE gate_id = ?
      """;

  private static final String OF_RUN =
      """
      SELECT gate_id, run_id, tenant, status, opened_at, expires_at, view
        FROM gate
       WHERE run_id = ?
       ORDER BY opened_at, gate_id
       LIMIT ?
      """;

  private static final String OF_TENANT =
      """
      SELECT gate_id, run_id, tenant, status, opened_at, expires_at, view
        FROM gate
       WHERE tenant = ?
         AND status = ?
       ORDER BY expires_at, gate_id
       LIMIT ?
      """;

  private static final String DUE =
      """
      SELECT gate_id, run_id, due_at
        FROM timer
       WHERE due_at <= ?
       ORDER BY due_at, gate_id
       LIMIT ?
      """;

  Optional<GateRow> gate(GateId gate) {
    return reader.first("read gate " + gate, GATE, GateReads::row, gate.toString());
  }

  List<GateRow> gates(RunId run) {
    return reader.list(
        "read the gates of " + run, OF_RUN, GateReads::row, run.toString(), Limits.rows());
  }

  List<GateRow> gates(TenantId tenant, GateStatus status, int limit) {
    return reader.list(
        "read the gates of " + tenant,
        OF_TENANT,
        GateReads::row,
        tenant.value(),
        status.name(),
        Limits.rows(limit));
  }

  List<Timer> timersDue(Instant now, int limit) {
    return reader.list(
        "read due timers", DUE, GateReads::timer, Columns.micros(now), Limits.rows(limit));
  }

  private static GateRow row(ResultSet row) throws SQLException {
    return new GateRow(
        GateId.parse(row.getString(1)),
        RunId.parse(row.getString(2)),
        new TenantId(row.getString(3)),
        GateStatus.valueOf(row.getString(4)),
        Columns.instant(row, 5),
        Columns.instant(row, 6),
        Columns.payload(row, 7));
  }

  private static Timer timer(ResultSet row) throws SQLException {
    return new Timer(
        GateId.parse(row.getString(1)), RunId.parse(row.getString(2)), Columns.instant(row, 3));
  }
}
