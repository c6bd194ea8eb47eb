package dev.fedcore.ledger.sqlite;

import dev.fedcore.ledger.LedgerRefused;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The right to write in a data directory, held by one ledger at a time, on one host.
///
/// Given back when it is closed and when the process ends, however it ends. A lock on a file is the
/// whole process's, and closing any channel on the file gives it up; so who asks twice within one
/// process is found out before a channel is opened.
final class DirectoryLock implements AutoCloseable {

  private static final String FILE = "ledger.lock";
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileLock lock;

  private DirectoryLock(Path directory, FileLock lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /// @param directory exists
  /// @throws LedgerRefused if another ledger holds it
  static DirectoryLock on(Path directory) throws IOException {
    Path real = directory.toRealPath();
    if (!HELD.add(real)) {
      throw inUse(directory);
    }
    try {
      return new DirectoryLock(real, locked(real));
    } catch (IOException | RuntimeException e) {
      HELD.remove(real);
      throw e;
    }
  }

  private static FileLock locked(Path directory) throws IOException {
    var channel =
        FileChannel.open(
            directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return lock;
      }
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw inUse(directory);
  }

  private static LedgerRefused inUse(Path directory) {
    return new LedgerRefused(
        "the data directory %s is in use by another running server: stop that one first, or start"
                .formatted(directory)
            + " this one with another data directory");
  }

  @Override
  public void close() throws IOException {
    try {
      lock.acquiredBy().close();
    } finally {
      HELD.remove(directory);
    }
  }
}
