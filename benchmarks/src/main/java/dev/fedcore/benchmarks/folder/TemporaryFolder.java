package dev.fedcore.benchmarks.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A new folder among the temporary ones, which closing removes with all that is in it.
public record TemporaryFolder(Path path) implements AutoCloseable {

  /// Makes one.
  ///
  /// @param what stands in its name
  public static TemporaryFolder of(String what) throws IOException {
    return new TemporaryFolder(Files.createTempDirectory("fedcore-" + what + "-"));
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
