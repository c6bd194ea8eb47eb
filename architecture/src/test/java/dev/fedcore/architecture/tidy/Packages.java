package dev.fedcore.architecture.tidy;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/// What a package must have: an introduction, and not too many files.
final class Packages {

  private static final String INTRODUCTION = "package-info.java";

  private Packages() {}

  /// A package of tests may rest on the introduction that its main package has.
  static Stream<Finding> introductions(List<Source> sources) {
    Set<String> introduced =
        sources.stream().filter(Packages::introduces).map(Packages::nameOf).collect(toSet());
    return folders(sources).entrySet().stream()
        .filter(folder -> !introduced.contains(nameOf(folder.getValue().getFirst())))
        .map(folder ->
            new Finding(
                folder.getKey().resolve(INTRODUCTION),
                1,
                "a package without an introduction",
                "say what it holds, what it never does and what to read first; @NullMarked"));
  }

  static Stream<Finding> sizes(List<Source> sources) {
    return folders(sources).entrySet().stream()
        .filter(folder -> folder.getValue().size() > Sizes.PACKAGE_FILES_MAX)
        .map(folder ->
            new Finding(
                folder.getKey(),
                1,
                "a package of %d files, at most %d"
                    .formatted(folder.getValue().size(), Sizes.PACKAGE_FILES_MAX),
                "find the second concept in it and give it a package of its own"));
  }

  private static Map<Path, List<Source>> folders(List<Source> sources) {
    return sources.stream()
        .collect(groupingBy(source -> parent(source.path()), TreeMap::new, toList()));
  }

  private static boolean introduces(Source source) {
    return source.path().endsWith(INTRODUCTION)
        && source.text().startsWith("///")
        && source.text().contains("@NullMarked");
  }

  private static String nameOf(Source source) {
    return String.valueOf(source.unit().getPackageName());
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    return parent == null ? Path.of("") : parent;
  }
}
