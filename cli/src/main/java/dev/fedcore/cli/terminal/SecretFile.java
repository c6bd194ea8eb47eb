package dev.fedcore.cli.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// Files for private keys.
public final class SecretFile {

  private SecretFile() {}

  /// Writes a new file that only its owner may read. One that is there stays.
  ///
  /// @throws IOException if it is there already, or its folder is not
  public static void create(Path file, String text) throws IOException {
    if (Files.getFileStore(file.resolveSibling("")).supportsFileAttributeView("posix")) {
      var owner = PosixFilePermissions.fromString("rw-------");
      Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
    } else {
      Files.createFile(file);
    }
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
