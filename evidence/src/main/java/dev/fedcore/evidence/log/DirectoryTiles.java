package dev.fedcore.evidence.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// A log's files in a directory. Looks up nothing that [TilePath#isValid] does not know.
public record DirectoryTiles(Path directory) implements TileSource {

  @Override
  public Optional<byte[]> tile(String path) {
    if (!TilePath.isValid(path)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Files.readAllBytes(directory.resolve(path)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + path, e);
    }
  }
}
