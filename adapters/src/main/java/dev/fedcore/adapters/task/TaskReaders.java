package dev.fedcore.adapters.task;

import dev.fedcore.evidence.json.MalformedInput;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Reads tasks beside the writer, over a few connections that are lent one at a time.
final class TaskReaders implements AutoCloseable {

  /// How many connections there are. A page takes well under a millisecond.
  private static final int CONNECTIONS = 4;

  /// How long a reader waits for a connection, in seconds, before it gives up.
  private static final long WAIT_SECONDS = 5;

  private static final String POSITION =
      """
      SELECT number
        FROM task
       WHERE tenant = ?
         AND task_id = ?
      """;

  private static final String PAGE =
      """
      SELECT task_id, effect_key, tenant, run_id, actor, created_at, parameters
        FROM task
       WHERE tenant = ?
         AND number < ?
       ORDER BY number DESC
       LIMIT ?
      """;

  private static final String PAGE_OF_LIST =
      """
      SELECT task_id, effect_key, tenant, run_id, actor, created_at, parameters
        FROM task
       WHERE tenant = ?
         AND number < ?
         AND list = ?
       ORDER BY number DESC
       LIMIT ?
      """;

  private final BlockingQueue<Connection> idle = new ArrayBlockingQueue<>(CONNECTIONS);
  private final AtomicBoolean closed = new AtomicBoolean();

  private TaskReaders() {}

  static TaskReaders open(TaskFile file) throws SQLException {
    var readers = new TaskReaders();
    for (int i = 0; i < CONNECTIONS; i++) {
      readers.idle.add(file.reader());
    }
    return readers;
  }

  /// One page, newest first.
  ///
  /// @param before the last task of the page before
  TaskList page(String tenant, Optional<String> list, Optional<String> before, int limit) {
    if (closed.get()) {
      throw new StoreFailed("read tasks", new SQLException("the task table is closed"), false);
    }
    Connection connection = lend();
    try {
      long position = before.isPresent() ? position(connection, tenant, before.get()) : -1;
      if (before.isPresent() && position < 0) {
        throw new MalformedInput("/cursor", "must be one that a page of tasks has given");
      }
      return page(connection, tenant, list, before.isPresent() ? position : Long.MAX_VALUE, limit);
    } catch (SQLException e) {
      throw new StoreFailed("read tasks", e, false);
    } finally {
      idle.add(connection);
    }
  }

  /// Waits for reads under way. May be called again.
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    for (int i = 0; i < CONNECTIONS; i++) {
      try {
        lend().close();
      } catch (SQLException e) {
        throw new StoreFailed("close the task table", e, false);
      }
    }
  }

  private static long position(Connection connection, String tenant, String task)
      throws SQLException {
    try (var statement = connection.prepareStatement(POSITION)) {
      statement.setString(1, tenant);
      statement.setString(2, task);
      try (var rows = statement.executeQuery()) {
        return rows.next() ? rows.getLong(1) : -1;
      }
    }
  }

  private static TaskList page(
      Connection connection, String tenant, Optional<String> list, long below, int limit)
      throws SQLException {
    try (var statement = connection.prepareStatement(list.isPresent() ? PAGE_OF_LIST : PAGE)) {
      int next = 1;
      statement.setString(next++, tenant);
      statement.setLong(next++, below);
      if (list.isPresent()) {
        statement.setString(next++, list.get());
      }
      statement.setInt(next, limit + 1);
      List<Task> tasks = tasks(statement);
      boolean isMore = tasks.size() > limit;
      List<Task> shown = isMore ? tasks.subList(0, limit) : tasks;
      return new TaskList(
          shown.stream().map(Task::json).toList(),
          isMore ? Optional.of(shown.getLast().taskId()) : Optional.empty());
    }
  }

  private static List<Task> tasks(PreparedStatement statement) throws SQLException {
    try (var rows = statement.executeQuery()) {
      var tasks = new ArrayList<Task>();
      while (rows.next()) {
        tasks.add(TaskWriter.task(rows));
      }
      return tasks;
    }
  }

  private Connection lend() {
    try {
      Connection connection = idle.poll(WAIT_SECONDS, TimeUnit.SECONDS);
      if (connection == null) {
        throw new StoreFailed("read tasks", new SQLException("no connection is free"), false);
      }
      return connection;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreFailed("read tasks", e, false);
    }
  }
}
