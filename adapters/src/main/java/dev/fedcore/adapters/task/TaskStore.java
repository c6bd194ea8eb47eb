package dev.fedcore.adapters.task;

import dev.fedcore.adapters.task.TaskWriter.Answer;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.sqlite.OpenFailure;
import dev.fedcore.sqlite.Store;
import dev.fedcore.sqlite.StoreUnavailable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// The tasks there are, durably. Safe for use by many threads at once; every method throws
/// [StoreUnavailable] if the file did not answer.
final class TaskStore implements AutoCloseable {

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

  private final Store<TaskWriter> store;

  private TaskStore(Store<TaskWriter> store) {
    this.store = store;
  }

  /// Opens the file in `directory`, and makes it when there is none.
  ///
  /// @throws dev.fedcore.sqlite.StoreRefused if this program must not open it
  static TaskStore open(Path directory) {
    Path file = TaskFile.in(directory);
    try {
      TaskFile.adopt(file);
    } catch (SQLException e) {
      throw new StoreUnavailable(
          "open the task table %s: %s".formatted(file, OpenFailure.why(e)), e);
    }
    return new TaskStore(Store.open(file, TaskFile.SCHEMA, TaskWriter::new));
  }

  /// Keeps `task`, unless its effect key has made one before, which is then the answer.
  ///
  /// @return what is there now, or why the task cannot be kept
  Answer keep(Task task) {
    return store.write("keep a task", 1, writer -> writer.keep(task));
  }

  /// The task that `effectKey` made. Asked behind whatever waits to be written, so that a task
  /// which is still waiting is not called absent.
  Optional<Task> find(String effectKey) {
    return store.write("find a task", 0, writer -> writer.find(effectKey));
  }

  /// One page, newest first.
  ///
  /// @param before the last task of the page before
  TaskList page(String tenant, Optional<String> list, Optional<String> before, int limit) {
    long below = before.isPresent() ? position(tenant, before.get()) : Long.MAX_VALUE;
    List<Task> tasks =
        list.isPresent()
            ? tasks(PAGE_OF_LIST, tenant, below, list.get(), limit + 1)
            : tasks(PAGE, tenant, below, limit + 1);
    boolean isMore = tasks.size() > limit;
    List<Task> shown = isMore ? tasks.subList(0, limit) : tasks;
    return new TaskList(
        shown.stream().map(Task::json).toList(),
        isMore ? Optional.of(shown.getLast().taskId()) : Optional.empty());
  }

  /// Forgets the tasks whose effect keys begin so.
  void forget(Collection<String> keyPrefixes) {
    List<String> prefixes = List.copyOf(keyPrefixes);
    if (!prefixes.isEmpty()) {
      store.write("forget tasks", prefixes.size(), writer -> writer.forget(prefixes));
    }
  }

  /// Writes the file anew, so that it does not hold what was forgotten.
  void compact() {
    store.compact();
  }

  @Override
  public void close() {
    store.close();
  }

  private long position(String tenant, String task) {
    return store
        .first("find a page of tasks", POSITION, row -> row.getLong(1), tenant, task)
        .orElseThrow(
            () -> new MalformedInput("/cursor", "must be one that a page of tasks has given"));
  }

  private List<Task> tasks(String sql, Object... values) {
    return store.list("read tasks", sql, TaskWriter::task, values);
  }
}
