package dev.fedcore.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.sqlite.SQLiteJDBCLoader;

/// SQLite itself, which is not Java: the driver copies it from its archive to a file, loads that,
/// and removes it when the process ends. A process that is killed would leave the file behind, a
/// megabyte each time. Here the file goes as soon as it is loaded; the system keeps what is in use.
final class NativeLibrary {

  /// Names the directory that the driver copies to; unset, it is the system's for temporary files.
  private static final String DIRECTORY = "org.sqlite.tmpdir";

  /// Guarded by the class.
  private static boolean loaded;

  private NativeLibrary() {}

  /// Loads it, if that was not done before.
  ///
  /// @throws StoreRefused if the directory cannot be written to, or programs in it cannot be run
  static synchronized void load() {
    if (!loaded) {
      String temporary = System.getProperty("java.io.tmpdir", "");
      loadThrough(Path.of(System.getProperty(DIRECTORY, temporary)));
      loaded = true;
    }
  }

  private static void loadThrough(Path directory) {
    try {
      Path own = Files.createTempDirectory(directory, "fedcore-sqlite-");
      System.setProperty(DIRECTORY, own.toString());
      try {
        SQLiteJDBCLoader.initialize();
      } finally {
        System.setProperty(DIRECTORY, directory.toString());
        remove(own);
      }
    } catch (Exception e) { // the driver declares no less
      var refused =
          new StoreRefused(
              "SQLite cannot be loaded through %s: make it a directory that can be written to and "
                      .formatted(directory)
                  + "is not mounted noexec, or name another with -D"
                  + DIRECTORY);
      refused.initCause(e);
      throw refused;
    }
  }

  /// What cannot be removed now, the driver removes at the end.
  private static void remove(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(directory);
    } catch (IOException _) {
      // Some systems keep the file of a library that is in use; nothing else depends on it.
    }
  }
}
