package dev.fedcore.adapters.outbox;

import dev.fedcore.evidence.note.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/// The folder `outbox`, in which dry runs leave the exact bytes that they would have sent: one file
/// an effect, named after its key. Files are there wholly or not at all, and only an erasure
/// removes one.
final class OutboxFolder {

  /// The name of the folder in the data directory.
  static final String NAME = "outbox";

  /// Effect keys have no other characters, so none can name a file elsewhere.
  private static final String PLAIN_NAME = "[A-Za-z0-9_-][A-Za-z0-9_.-]{0,254}";

  private final Path folder;

  OutboxFolder(Path dataDirectory) {
    this.folder = dataDirectory.resolve(NAME);
  }

  /// Keeps `bytes`, durably.
  void keep(String name, byte[] bytes) {
    DurableFile.replace(file(name), bytes);
  }

  /// Removes the files whose names begin so. Looks through the folder once.
  ///
  /// @throws UncheckedIOException if one cannot be removed
  void remove(Collection<String> keyPrefixes) {
    if (keyPrefixes.isEmpty() || !Files.isDirectory(folder)) {
      return;
    }
    var prefixes = new KeyPrefixes(keyPrefixes);
    try (var files =
        Files.newDirectoryStream(folder, file -> prefixes.begin(file.getFileName().toString()))) {
      for (Path file : files) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the folder outbox cannot be cleared", e);
    }
  }

  boolean has(String name) {
    return Files.exists(file(name));
  }

  private Path file(String name) {
    if (!name.matches(PLAIN_NAME)) {
      throw new IllegalArgumentException("no file can be called \"%s\"".formatted(name));
    }
    return folder.resolve(name);
  }
}
