package dev.fedcore.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/// A directory that another thread or process works in while it is read.
public final class LiveDirectory {

  private LiveDirectory() {}

  /// The names and contents of all files below `directory`, a character a byte (ISO 8859-1). Files
  /// that go away meanwhile, as those do that are renamed when they are whole, are left out.
  ///
  /// @throws IOException if the directory itself is not there, or a file cannot be read
  public static String text(Path directory) throws IOException {
    var all = new StringBuilder();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              append(file, all);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException && !file.equals(directory)) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    return all.toString();
  }

  private static void append(Path file, StringBuilder all) throws IOException {
    try {
      byte[] bytes = Files.readAllBytes(file);
      all.append(file).append('\n').append(new String(bytes, StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException _) {
      // Gone since it was listed.
    }
  }
}
