package dev.fedcore.adapters.task;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Writes tasks through one connection, in transactions that the caller begins and commits. Used by
/// one thread.
///
/// A transaction holds the write lock from its beginning, so nothing changes between the look and
/// the insert. The schema's `UNIQUE` constraints say the same again.
final class TaskWriter {

  private static final String FIND =
      """
      SELECT task_id, effect_key, tenant, run_id, actor, created_at, parameters
        FROM task
       WHERE effect_key = ?
      """;

  private static final String KEY =
      """
      SELECT 1
        FROM task
       WHERE tenant = ?
         AND name_key = ?
      """;

  private static final String INSERT =
      """
      INSERT INTO task (
        task_id, effect_key, tenant, run_id, actor, created_at, list, name_key, parameters)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String FORGET =
      """
      DELETE FROM task
       WHERE effect_key BETWEEN ?1 AND ?1 || '~'
      """;

  private final PreparedStatement forget;
  private final PreparedStatement find;
  private final PreparedStatement key;
  private final PreparedStatement insert;

  TaskWriter(Connection connection) throws SQLException {
    forget = connection.prepareStatement(FORGET);
    find = connection.prepareStatement(FIND);
    key = connection.prepareStatement(KEY);
    insert = connection.prepareStatement(INSERT);
  }

  /// Keeps `task`, unless its effect key has made one before, which is then the answer.
  Answer keep(Task task) throws SQLException {
    Optional<Task> earlier = find(task.effectKey());
    if (earlier.isPresent()) {
      return new Answer.There(earlier.get());
    }
    Optional<String> name = task.parameters().key();
    if (name.isPresent() && isTaken(task.tenant(), name.get())) {
      return new Answer.Refused(
          "task_key_taken", "another task has the key %s".formatted(name.get()));
    }
    Optional<String> parent = task.parameters().parentKey();
    if (parent.isPresent() && !isTaken(task.tenant(), parent.get())) {
      return new Answer.Refused(
          "task_parent_unknown", "no task has the key %s".formatted(parent.get()));
    }
    insert(task);
    return new Answer.There(task);
  }

  /// The task that `effectKey` made.
  Optional<Task> find(String effectKey) throws SQLException {
    find.setString(1, effectKey);
    try (var rows = find.executeQuery()) {
      return rows.next() ? Optional.of(task(rows)) : Optional.empty();
    }
  }

  /// Removes the tasks whose effect keys begin so.
  ///
  /// @return how many there were
  int forget(List<String> keyPrefixes) throws SQLException {
    int forgotten = 0;
    for (String prefix : keyPrefixes) {
      forget.setString(1, prefix);
      forgotten += forget.executeUpdate();
    }
    return forgotten;
  }

  private boolean isTaken(String tenant, String name) throws SQLException {
    key.setString(1, tenant);
    key.setString(2, name);
    try (var rows = key.executeQuery()) {
      return rows.next();
    }
  }

  private void insert(Task task) throws SQLException {
    TaskParameters parameters = task.parameters();
    insert.setString(1, task.taskId());
    insert.setString(2, task.effectKey());
    insert.setString(3, task.tenant());
    insert.setString(4, task.runId());
    insert.setString(5, task.actor());
    insert.setString(6, task.createdAt());
    insert.setString(7, parameters.list());
    insert.setString(8, parameters.key().orElse(null));
    insert.setString(9, new String(parameters.normal().canonicalBytes(), StandardCharsets.UTF_8));
    insert.executeUpdate();
  }

  /// A row of the columns that every query here asks for.
  static Task task(ResultSet row) throws SQLException {
    return new Task(
        row.getString("task_id"),
        row.getString("effect_key"),
        row.getString("tenant"),
        row.getString("run_id"),
        row.getString("actor"),
        row.getString("created_at"),
        Task.parameters(row.getString("parameters")));
  }

  /// What became of a task that was to be kept.
  sealed interface Answer {

    /// The task is in the table.
    record There(Task task) implements Answer {}

    /// The task cannot be kept, now or ever again.
    record Refused(String code, String message) implements Answer {}
  }
}
