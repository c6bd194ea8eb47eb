package dev.fedcore.evidence.note;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Files that are there wholly or not at all, also after a power cut.
public final class DurableFile {

  private DurableFile() {}

  /// Writes `bytes` beside `file`, makes them durable, renames, and makes the name durable.
  public static void replace(Path file, byte[] bytes) {
    write(file, bytes);
    syncDirectory(parent(file));
  }

  /// As [#replace], but leaves it to the caller to make the name durable with [#syncDirectory], so
  /// that many files of one directory need only one such call.
  public static void write(Path file, byte[] bytes) {
    Path partial = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.createDirectories(parent(file));
      try (var channel =
          FileChannel.open(
              partial,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(
          partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + file, e);
    }
  }

  /// Makes the names in `directory` durable.
  public static void syncDirectory(Path directory) {
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      throw new UncheckedIOException("syncing " + directory, e);
    }
  }

  private static Path parent(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    if (parent == null) {
      throw new IllegalArgumentException(file + " is not in a directory");
    }
    return parent;
  }
}
