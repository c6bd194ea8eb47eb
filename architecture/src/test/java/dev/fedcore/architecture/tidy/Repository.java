package dev.fedcore.architecture.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// The files of a working copy: everything but what is built, fetched or hidden.
///
/// @param root the top of the repository
/// @param files relative to the top, in order
record Repository(Path root, List<Path> files) {

  private static final Set<String> NOT_OURS = Set.of("target", "node_modules", "dist", "data");

  /// The repository that the tests run in: the highest directory above with a `pom.xml`.
  static Repository ours() {
    Path here = Path.of("").toAbsolutePath();
    Path top =
        Stream.iterate(here, Objects::nonNull, Path::getParent)
            .takeWhile(directory -> Files.exists(directory.resolve("pom.xml")))
            .reduce(here, (_, above) -> above);
    return at(top);
  }

  static Repository at(Path root) {
    var files = new ArrayList<Path>();
    try {
      Files.walkFileTree(root, new Collector(root, files));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Repository(root, files.stream().sorted().toList());
  }

  List<Path> endingWith(String suffix) {
    return files.stream().filter(path -> path.toString().endsWith(suffix)).toList();
  }

  String text(Path path) {
    try {
      return Files.readString(root.resolve(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Source> sources() {
    return endingWith(".java").stream().map(path -> Source.read(root, path)).toList();
  }

  private static final class Collector extends SimpleFileVisitor<Path> {

    private final Path root;
    private final List<Path> files;

    Collector(Path root, List<Path> files) {
      this.root = root;
      this.files = files;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      String name = directory.getFileName().toString();
      boolean skipped =
          !directory.equals(root) && (NOT_OURS.contains(name) || name.startsWith("."));
      return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      files.add(root.relativize(file));
      return FileVisitResult.CONTINUE;
    }
  }
}
