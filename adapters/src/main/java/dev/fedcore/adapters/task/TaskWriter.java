package dev.fedcore.adapters.task;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes batches of tasks, each batch in one transaction. For one thread.
///
/// The transaction takes the write lock before it looks anything up, so nothing changes between the
/// look and the insert. The schema's `UNIQUE` constraints say the same again.
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

  private final Connection connection;

  TaskWriter(Connection connection) {
    this.connection = connection;
  }

  /// Answers all of `questions`, in order, or fails all of them.
  ///
  /// @throws StoreFailed that says whether the tasks may have been kept
  List<Answer> writeAll(List<Question> questions) {
    List<Answer> answers = withinTransaction(questions);
    try {
      execute("COMMIT");
      return answers;
    } catch (SQLException e) {
      // What a failed commit has left on the disk shows only when the file is opened again.
      rollBack(e);
      throw new StoreFailed("commit", e, true);
    }
  }

  private List<Answer> withinTransaction(List<Question> questions) {
    try {
      execute("BEGIN IMMEDIATE");
      var answers = new ArrayList<Answer>(questions.size());
      for (Question question : questions) {
        answers.add(answer(question));
      }
      return answers;
    } catch (SQLException e) {
      rollBack(e);
      throw new StoreFailed("write", e, false);
    } catch (RuntimeException e) {
      rollBack(e);
      throw e;
    }
  }

  private Answer answer(Question question) throws SQLException {
    return switch (question) {
      case Question.Find(String effectKey) ->
          find(effectKey).<Answer>map(Answer.There::new).orElseGet(Answer.Nothing::new);
      case Question.Keep(Task task) -> keep(task);
    };
  }

  private Answer keep(Task task) throws SQLException {
    Optional<Task> earlier = find(task.effectKey());
    if (earlier.isPresent()) {
      return new Answer.There(earlier.get());
    }
    Optional<String> key = task.parameters().key();
    if (key.isPresent() && isTaken(task.tenant(), key.get())) {
      return new Answer.Refused(
          "task_key_taken", "another task has the key %s".formatted(key.get()));
    }
    Optional<String> parent = task.parameters().parentKey();
    if (parent.isPresent() && !isTaken(task.tenant(), parent.get())) {
      return new Answer.Refused(
          "task_parent_unknown", "no task has the key %s".formatted(parent.get()));
    }
    insert(task);
    return new Answer.There(task);
  }

  private Optional<Task> find(String effectKey) throws SQLException {
    try (var statement = connection.prepareStatement(FIND)) {
      statement.setString(1, effectKey);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? Optional.of(task(rows)) : Optional.empty();
      }
    }
  }

  private boolean isTaken(String tenant, String key) throws SQLException {
    try (var statement = connection.prepareStatement(KEY)) {
      statement.setString(1, tenant);
      statement.setString(2, key);
      try (var rows = statement.executeQuery()) {
        return rows.next();
      }
    }
  }

  private void insert(Task task) throws SQLException {
    TaskParameters parameters = task.parameters();
    try (var statement = connection.prepareStatement(INSERT)) {
      statement.setString(1, task.taskId());
      statement.setString(2, task.effectKey());
      statement.setString(3, task.tenant());
      statement.setString(4, task.runId());
      statement.setString(5, task.actor());
      statement.setString(6, task.createdAt());
      statement.setString(7, parameters.list());
      statement.setString(8, parameters.key().orElse(null));
      statement.setString(
          9, new String(parameters.normal().canonicalBytes(), StandardCharsets.UTF_8));
      statement.executeUpdate();
    }
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

  private void execute(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void rollBack(Exception cause) {
    try {
      execute("ROLLBACK");
    } catch (SQLException e) {
      // SQLite has rolled back by itself, or the transaction never began; the cause says why.
      cause.addSuppressed(e);
    }
  }

  /// What the writer is asked.
  sealed interface Question {

    record Keep(Task task) implements Question {}

    record Find(String effectKey) implements Question {}
  }

  /// What it answers.
  sealed interface Answer {

    /// The task is in the table.
    record There(Task task) implements Answer {}

    /// No effect key made such a task.
    record Nothing() implements Answer {}

    /// The task cannot be kept, now or ever again.
    record Refused(String code, String message) implements Answer {}
  }
}
