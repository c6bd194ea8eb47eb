package dev.fedcore.adapters.task;

import dev.fedcore.adapters.task.TaskWriter.Answer;
import dev.fedcore.adapters.task.TaskWriter.Question;
import dev.fedcore.engine.batch.CommitFailed;
import dev.fedcore.engine.batch.CommitFailed.Fate;
import dev.fedcore.engine.batch.GroupCommit;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// The tasks there are, durably. One writer that commits what waits, and a few readers beside it.
///
/// Safe for use by many threads at once. Every method throws [StoreFailed] if the file did not
/// answer.
final class TaskStore implements AutoCloseable {

  /// How much waits for the writer, and how long: a second's work at the rate the spine is built
  /// for, in batches that a disk commits in a few milliseconds.
  private static final GroupCommit.Limits LIMITS =
      new GroupCommit.Limits(2_000, 256, Duration.ofSeconds(10));

  private final Connection connection;
  private final TaskReaders readers;
  private final GroupCommit<Question, Answer> writer;

  private TaskStore(Connection connection, TaskReaders readers) {
    this.connection = connection;
    this.readers = readers;
    this.writer = new GroupCommit<>("task-writer", LIMITS, new TaskWriter(connection)::writeAll);
  }

  /// Opens the file in `directory`, and makes it when there is none.
  static TaskStore open(Path directory) {
    var file = new TaskFile(directory);
    try {
      Connection connection = file.writer();
      return new TaskStore(connection, TaskReaders.open(file));
    } catch (SQLException e) {
      throw new StoreFailed("open the task table in " + directory, e, false);
    }
  }

  /// Keeps `task`, unless its effect key has made one before, which is then the answer.
  ///
  /// @return what is there now, or why the task cannot be kept
  Answer keep(Task task) {
    return ask(new Question.Keep(task));
  }

  /// The task that `effectKey` made. Asked behind whatever the writer has been given before, so
  /// that a task still waiting to be written is not called absent.
  Answer find(String effectKey) {
    return ask(new Question.Find(effectKey));
  }

  TaskList page(String tenant, Optional<String> list, Optional<String> before, int limit) {
    return readers.page(tenant, list, before, limit);
  }

  @Override
  public void close() {
    writer.close();
    readers.close();
    try {
      connection.close();
    } catch (SQLException e) {
      throw new StoreFailed("close the task table", e, false);
    }
  }

  private Answer ask(Question question) {
    try {
      return writer.commit(question);
    } catch (CommitFailed e) {
      if (e.getCause() instanceof StoreFailed failed) {
        throw new StoreFailed("write to the task table", failed, failed.maybeDone());
      }
      throw new StoreFailed("write to the task table", e, e.fate() != Fate.NOT_TRIED);
    }
  }
}
