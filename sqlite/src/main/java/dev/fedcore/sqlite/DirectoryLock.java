package dev.fedcore.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The right to write one file of a data directory, held by one store at a time, on one host.
///
/// Given back when it is closed and when the process ends, however it ends. A lock on a file is the
/// whole process's, and closing any channel on the file gives it up; so who asks twice within one
/// process is found out before a channel is opened.
public final class DirectoryLock implements AutoCloseable {

  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileLock lock;

  private DirectoryLock(Path file, FileLock lock) {
    this.file = file;
    this.lock = lock;
  }

  /// Takes the lock; gives up at once if somebody else holds it.
  ///
  /// @param directory exists
  /// @param name of the file that is locked, made if there is none
  /// @throws StoreRefused if somebody else holds it
  public static DirectoryLock on(Path directory, String name) throws IOException {
    Path file = directory.toRealPath().resolve(name);
    if (!HELD.add(file)) {
      throw inUse(directory);
    }
    try {
      return new DirectoryLock(file, locked(file, directory));
    } catch (IOException | RuntimeException e) {
      HELD.remove(file);
      throw e;
    }
  }

  private static FileLock locked(Path file, Path directory) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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

  private static StoreRefused inUse(Path directory) {
    return new StoreRefused(
        "the data directory %s is in use by another running server: stop that one first, or start"
                .formatted(directory)
            + " this one with another data directory");
  }

  /// May be called again.
  @Override
  public void close() throws IOException {
    if (!lock.isValid()) {
      return;
    }
    try {
      lock.acquiredBy().close();
    } finally {
      HELD.remove(file);
    }
  }
}
