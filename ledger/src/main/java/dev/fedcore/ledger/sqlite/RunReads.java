package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.RunQuery;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.run.RunStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// Reads runs as readers see them.
///
/// A page is walked along the index of one filter, newest first; the other filters are checked on
/// the way. Which index, is said here and not left to SQLite, which does not know how common a
/// value is: a status that few runs have comes first; COMPLETED, which most have, comes last.
///
/// @param reader asks the file
record RunReads(LedgerReader reader) {

  /// Sorts after every run id.
  private static final String NEWEST = "~";

  /// Sorts before every run id.
  private static final String OLDEST = "";

  private static final String RUN =
      """
      SELECT run_id, tenant, workflow_id, status, actor, version, at_work, created_at,
             updated_at, view
        FROM run
       WHERE run_id = ?
      """;

  private static final String BY_TENANT =
      """
      SELECT run_id, tenant, workflow_id, status, actor, version, at_work, created_at,
             updated_at, view
        FROM run INDEXED BY run_by_tenant
       WHERE tenant = ?1
         AND run_id < ?2
       ORDER BY run_id DESC
       LIMIT ?3
      """;

  private static final String BY_STATUS =
      """
      SELECT run_id, tenant, workflow_id, status, actor, version, at_work, created_at,
             updated_at, view
        FROM run INDEXED BY run_by_status
       WHERE tenant = ?1
         AND run_id < ?2
         AND status = ?4
         AND (?5 OR workflow_id = ?6)
         AND (?7 OR actor = ?8)
       ORDER BY run_id DESC
       LIMIT ?3
      """;

  private static final String BY_ACTOR =
      """
      SELECT run_id, tenant, workflow_id, status, actor, version, at_work, created_at,
             updated_at, view
        FROM run INDEXED BY run_by_actor
       WHERE tenant = ?1
         AND run_id < ?2
         AND actor = ?4
         AND (?5 OR workflow_id = ?6)
         AND (?7 OR status = ?8)
       ORDER BY run_id DESC
       LIMIT ?3
      """;

  private static final String BY_WORKFLOW =
      """
      SELECT run_id, tenant, workflow_id, status, actor, version, at_work, created_at,
             updated_at, view
        FROM run INDEXED BY run_by_workflow
       WHERE tenant = ?1
         AND run_id < ?2
         AND workflow_id = ?4
         AND (?5 OR status = ?6)
       ORDER BY run_id DESC
       LIMIT ?3
      """;

  private static final String AT_WORK =
      """
      SELECT run_id
        FROM run INDEXED BY run_at_work
       WHERE at_work = 1
         AND run_id > ?
       ORDER BY run_id
       LIMIT ?
      """;

  Optional<RunRow> run(RunId run) {
    return reader.first("read " + run, RUN, RunReads::row, run.toString());
  }

  List<RunRow> runs(RunQuery query) {
    String status = query.status().map(RunStatus::name).orElse("");
    String workflow = query.workflowId().orElse("");
    String actor = query.actor().orElse("");
    boolean anyStatus = query.status().isEmpty();
    boolean anyWorkflow = query.workflowId().isEmpty();
    boolean anyActor = query.actor().isEmpty();
    boolean rareStatus = !anyStatus && !status.equals(RunStatus.COMPLETED.name());

    if (rareStatus || (!anyStatus && anyActor && anyWorkflow)) {
      return page(query, BY_STATUS, status, anyWorkflow, workflow, anyActor, actor);
    }
    if (!anyActor) {
      return page(query, BY_ACTOR, actor, anyWorkflow, workflow, anyStatus, status);
    }
    if (!anyWorkflow) {
      return page(query, BY_WORKFLOW, workflow, anyStatus, status);
    }
    return page(query, BY_TENANT);
  }

  List<RunId> atWork(Optional<RunId> after, int limit) {
    return reader.list(
        "read runs at work",
        AT_WORK,
        row -> RunId.parse(row.getString(1)),
        after.map(RunId::toString).orElse(OLDEST),
        Limits.rows(limit));
  }

  /// @param filters the statement's parameters from the fourth on
  private List<RunRow> page(RunQuery query, String sql, Object... filters) {
    var values = new ArrayList<Object>();
    values.add(query.tenant().value());
    values.add(query.before().map(RunId::toString).orElse(NEWEST));
    values.add(Limits.page(query.limit()));
    Collections.addAll(values, filters);
    return reader.list("read runs", sql, RunReads::row, values.toArray());
  }

  private static RunRow row(ResultSet row) throws SQLException {
    return new RunRow(
        RunId.parse(row.getString(1)),
        new TenantId(row.getString(2)),
        row.getString(3),
        RunStatus.valueOf(row.getString(4)),
        row.getString(5),
        row.getLong(6),
        row.getBoolean(7),
        Columns.instant(row, 8),
        Columns.instant(row, 9),
        Columns.payload(row, 10));
  }
}
