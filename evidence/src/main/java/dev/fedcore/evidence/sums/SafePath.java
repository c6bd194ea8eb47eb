package dev.fedcore.evidence.sums;

import java.util.Locale;
import java.util.Optional;

/// Which names files of evidence may have: those that every tool and file system reads the same.
///
/// Relative, with slashes, printable ASCII without backslash, at most 200 characters. Other names
/// are refused and not escaped, since readers of `SHA256SUMS` differ in how they read escapes.
public final class SafePath {

  /// The longest path, in characters: what a USTAR header holds in the worst split, and some less.
  public static final int LENGTH_MAX = 200;

  /// The longest part between two slashes, in characters: the name field of a USTAR header.
  public static final int PART_LENGTH_MAX = 100;

  private SafePath() {}

  /// What is wrong with `path`, in one sentence; empty when nothing is.
  public static Optional<String> problem(String path) {
    if (path.isEmpty() || path.length() > LENGTH_MAX) {
      return Optional.of("a path has from 1 to %d characters".formatted(LENGTH_MAX));
    }
    if (path.startsWith("/")) {
      return Optional.of("an absolute path leads out of the folder");
    }
    if (path.chars().anyMatch(c -> c < ' ' || c > '~' || c == '\\')) {
      return Optional.of("a path is printable ASCII without backslash; rename the file");
    }
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        return Optional.of("no part of a path may be empty, . or ..");
      }
      if (part.length() > PART_LENGTH_MAX) {
        return Optional.of("a file's name has at most %d characters".formatted(PART_LENGTH_MAX));
      }
    }
    return Optional.empty();
  }

  /// What two paths share that a file system without upper and lower case would take for one.
  public static String twin(String path) {
    return path.toLowerCase(Locale.ROOT);
  }
}
