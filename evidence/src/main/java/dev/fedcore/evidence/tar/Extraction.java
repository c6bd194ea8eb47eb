package dev.fedcore.evidence.tar;

import dev.fedcore.evidence.json.MalformedInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/// Writes an archive's files into a new folder, and nothing anywhere else.
public final class Extraction {

  private Extraction() {}

  /// Reads the whole archive first, so that a bad one leaves nothing behind.
  ///
  /// @param folder must not exist yet, so that no link in it can lead elsewhere
  /// @throws MalformedInput when the archive is not one that [TarReader] takes
  public static void into(Path folder, byte[] archive) {
    Map<String, byte[]> files = TarReader.read(archive);
    if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new MalformedInput("", folder + " exists already; name a new folder");
    }
    try {
      Files.createDirectories(folder);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path place = folder.resolve(file.getKey());
        Files.createDirectories(place.resolveSibling(""));
        Files.write(place, file.getValue(), StandardOpenOption.CREATE_NEW);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("extracting into " + folder, e);
    }
  }
}
