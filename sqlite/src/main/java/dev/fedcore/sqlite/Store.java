package dev.fedcore.sqlite;

import dev.fedcore.evidence.note.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// One SQLite file with all that belongs to it: its lock, its schema, the thread that writes and
/// the connections that read beside it.
///
/// One process at a time: the lock is a file beside it, `name.lock` for `name.db`, and the
/// directory must be on a local disk. Safe for use by many threads.
///
/// @param <S> what changes are written with
public final class Store<S> implements AutoCloseable {

  private final GroupCommit<S> commits;
  private final Readers readers;
  private final DirectoryLock lock;
  private final SqliteFile file;

  private Store(GroupCommit<S> commits, Readers readers, DirectoryLock lock, SqliteFile file) {
    this.file = file;
    this.commits = commits;
    this.readers = readers;
    this.lock = lock;
  }

  /// Opens `file` for writing; makes it and its directory if there are none, and brings an older
  /// one to the present schema.
  ///
  /// @throws StoreRefused if another process has it open, or this program must not open it
  /// @throws StoreUnavailable if the disk does not answer
  public static <S> Store<S> open(Path file, Schema schema, SessionFactory<S> sessions) {
    try {
      Path directory = file.toAbsolutePath().resolveSibling("");
      PrivateDirectory.make(directory);
      DirectoryLock lock = DirectoryLock.on(directory, lockName(file));
      try {
        return open(new SqliteFile(file), schema, sessions, lock);
      } catch (SQLException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException | SQLException e) {
      throw new StoreUnavailable(
          "open the %s %s: %s".formatted(schema.what(), file, OpenFailure.why(e)), e);
    }
  }

  private static <S> Store<S> open(
      SqliteFile file, Schema schema, SessionFactory<S> sessions, DirectoryLock lock)
      throws SQLException {
    schema.prepare(file);
    return new Store<>(
        GroupCommit.start(schema.what(), file::openForWriting, sessions),
        new Readers(schema.what(), file::openForReading),
        lock,
        file);
  }

  private static String lockName(Path file) {
    return file.getFileName().toString().replaceFirst("\\.db$", "") + ".lock";
  }

  /// Makes a change and returns once it is durable.
  ///
  /// @param attempted what it is for, in words, for whoever reads the failure
  /// @param rows about how many rows it writes
  /// @throws StoreUnavailable if it was not made, or is not known to have been
  /// @throws ConstraintBroken if the schema does not allow it
  public <T> T write(String attempted, int rows, Change<S, T> change) {
    return commits.commit(attempted, rows, change);
  }

  /// All rows that `sql` gives; bound them with a `LIMIT`.
  ///
  /// @param attempted what it is for, in words, for whoever reads the failure
  /// @throws StoreUnavailable if the file does not answer
  public <T> List<T> list(String attempted, String sql, Row<T> row, Object... values) {
    return readers.list(attempted, sql, row, values);
  }

  /// The first row that `sql` gives, if there is one.
  ///
  /// @throws StoreUnavailable if the file does not answer
  public <T> Optional<T> first(String attempted, String sql, Row<T> row, Object... values) {
    return readers.first(attempted, sql, row, values);
  }

  /// Writes the file anew, so that what was deleted is not in it any more.
  ///
  /// @throws StoreUnavailable if that did not work; the file then is as it was
  public void compact() {
    try {
      commits.compact(file);
    } catch (SQLException e) {
      throw new StoreUnavailable("write %s anew".formatted(file.path().getFileName()), e);
    }
  }

  /// How many transactions have been committed since the file was opened.
  public long commits() {
    return commits.commits();
  }

  /// Finishes what was begun and leaves one file behind. Later calls are refused with
  /// [StoreUnavailable]. May be called again.
  ///
  /// The connection that writes is closed last, for only it can move what is left of the
  /// write-ahead log into the file.
  @Override
  public void close() {
    readers.close();
    commits.close();
    try {
      lock.close();
    } catch (IOException e) {
      throw new StoreUnavailable("give the data directory back", e);
    }
  }
}
