package dev.fedcore.evidence.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The files below a folder, and which of them no rule has read yet. Follows no links.
final class FileTree {

  /// Files below one folder that is verified: one run in ten thousand files, times a hundred.
  private static final int FILES_MAX = 1_000_000;

  /// The largest file that is read, in bytes: 256 MiB, a run of some 400,000 entries.
  private static final long FILE_BYTES_MAX = 256L << 20;

  private final Path root;
  private final NavigableSet<Path> files = new TreeSet<>();
  private final NavigableSet<Path> unread = new TreeSet<>();
  private final Findings findings;
  private final Map<Path, byte[]> inMemory;

  /// Files that are in memory, by their paths from an imagined root.
  FileTree(Map<Path, byte[]> contents, Findings findings) {
    this.root = Path.of("");
    this.findings = findings;
    this.inMemory = Map.copyOf(contents);
    files.addAll(contents.keySet());
    unread.addAll(files);
  }

  FileTree(Path root, Findings findings) {
    this.root = root;
    this.findings = findings;
    this.inMemory = Map.of();
    try (Stream<Path> walk = Files.walk(root)) {
      walk.limit(FILES_MAX)
          .filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
          .forEach(files::add);
    } catch (IOException e) {
      throw new UncheckedIOException("listing " + root, e);
    }
    unread.addAll(files);
  }

  NavigableSet<Path> files() {
    return files;
  }

  NavigableSet<Path> unread() {
    return unread;
  }

  boolean has(Path file) {
    return files.contains(file);
  }

  /// The files right inside `folder`.
  NavigableSet<Path> in(Path folder) {
    var inside = new TreeSet<Path>();
    for (Path file : files.tailSet(folder, true)) {
      if (!file.startsWith(folder)) {
        break;
      }
      if (folder.equals(file.getParent())) {
        inside.add(file);
      }
    }
    return inside;
  }

  /// The place of a file in words for a finding: its path from the root, with slashes.
  String where(Path file) {
    String relative = root.relativize(file).toString().replace('\\', '/');
    return relative.isEmpty() ? String.valueOf(file.getFileName()) : relative;
  }

  /// Reads a file, which from now on counts as read; empty, with a finding, when that is not so.
  Optional<byte[]> read(Path file) {
    unread.remove(file);
    if (!files.contains(file)) {
      findings.add(Finding.MISSING, where(file), "the file is not there");
      return Optional.empty();
    }
    byte[] content = inMemory.get(file);
    if (content != null) {
      return Optional.of(content);
    }
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        findings.add(Finding.EXTRA, where(file), "it is a link or device, which is not followed");
        return Optional.empty();
      }
      if (Files.size(file) > FILE_BYTES_MAX) {
        findings.add(Finding.MALFORMED, where(file), "it is too large to be read");
        return Optional.empty();
      }
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      findings.add(Finding.MISSING, where(file), "it cannot be read");
      return Optional.empty();
    }
  }
}
