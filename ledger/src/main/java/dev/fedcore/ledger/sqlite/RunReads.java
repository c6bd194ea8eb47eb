package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.RunQuery;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.run.RunStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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

  private static final String TENANT =
      """
      SELECT tenant
        FROM run
       WHERE run_id = ?
      """;

  private static final PagedTable PAGED =
      new PagedTable(
          "run",
          "run_row",
          "run_id DESC",
          "length(view)",
          """
          run.run_id, tenant, workflow_id, status, actor, version, at_work, created_at,
                 updated_at, view
          """);

  private static final Filter BY_TENANT =
      new Filter(
          """
           FROM run INDEXED BY run_by_tenant
          WHERE tenant = ?1
            AND run_id < ?2
          """);

  private static final Filter BY_STATUS =
      new Filter(
          """
           FROM run INDEXED BY run_by_status
          WHERE tenant = ?1
            AND run_id < ?2
            AND status = ?5
            AND (?6 OR workflow_id = ?7)
            AND (?8 OR actor = ?9)
          """);

  private static final Filter BY_ACTOR =
      new Filter(
          """
           FROM run INDEXED BY run_by_actor
          WHERE tenant = ?1
            AND run_id < ?2
            AND actor = ?5
            AND (?6 OR workflow_id = ?7)
            AND (?8 OR status = ?9)
          """);

  private static final Filter BY_WORKFLOW =
      new Filter(
          """
           FROM run INDEXED BY run_by_workflow
          WHERE tenant = ?1
            AND run_id < ?2
            AND workflow_id = ?5
            AND (?6 OR status = ?7)
          """);

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

  Optional<TenantId> tenantOf(RunId run) {
    return reader.first(
        "read whose " + run + " is", TENANT, row -> new TenantId(row.getString(1)), run.toString());
  }

  List<RunRow> runs(RunQuery query, int offset) {
    Chosen chosen = chosen(query);
    int limit = Limits.page(query.limit());
    return reader.list(
        "read runs",
        chosen.filter().page(),
        RunReads::row,
        chosen.values(query, limit, Math.max(offset, 0)));
  }

  int count(RunQuery query, int atMost) {
    Chosen chosen = chosen(query);
    return reader
        .first(
            "count runs",
            chosen.filter().count(),
            row -> row.getInt(1),
            chosen.values(query, Limits.rows(atMost), 0))
        .orElseThrow();
  }

  private static Chosen chosen(RunQuery query) {
    String status = query.status().map(RunStatus::name).orElse("");
    String workflow = query.workflowId().orElse("");
    String actor = query.actor().orElse("");
    boolean anyStatus = query.status().isEmpty();
    boolean anyWorkflow = query.workflowId().isEmpty();
    boolean anyActor = query.actor().isEmpty();
    boolean rareStatus = !anyStatus && !status.equals(RunStatus.COMPLETED.name());

    if (rareStatus || (!anyStatus && anyActor && anyWorkflow)) {
      return new Chosen(BY_STATUS, List.of(status, anyWorkflow, workflow, anyActor, actor));
    }
    if (!anyActor) {
      return new Chosen(BY_ACTOR, List.of(actor, anyWorkflow, workflow, anyStatus, status));
    }
    if (!anyWorkflow) {
      return new Chosen(BY_WORKFLOW, List.of(workflow, anyStatus, status));
    }
    return new Chosen(BY_TENANT, List.of());
  }

  List<RunId> atWork(Optional<RunId> after, int limit) {
    return reader.list(
        "read runs at work",
        AT_WORK,
        row -> RunId.parse(row.getString(1)),
        after.map(RunId::toString).orElse(OLDEST),
        Limits.rows(limit));
  }

  /// The statements that walk along one index.
  private record Filter(String page, String count) {

    private static final String LIMIT = "LIMIT ?3 OFFSET ?4";

    /// @param rows from `FROM` to the last condition; tenant and newest run are its first two
    ///   parameters, what is filtered by are those from the fifth on
    Filter(String rows) {
      this(
          PAGED.page(rows + " ORDER BY run_id DESC " + LIMIT),
          "SELECT count(*) FROM (SELECT 1 " + rows + LIMIT + ")");
    }
  }

  /// @param filters the statements' parameters from the fifth on
  private record Chosen(Filter filter, List<Object> filters) {

    Object[] values(RunQuery query, int limit, int offset) {
      var values = new ArrayList<Object>();
      values.add(query.tenant().value());
      values.add(query.before().map(RunId::toString).orElse(NEWEST));
      values.add(limit);
      values.add(offset);
      values.addAll(filters);
      return values.toArray();
    }
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
