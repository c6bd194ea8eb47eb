package dev.fedcore.evidence.log;

import dev.fedcore.evidence.note.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Files of a log that are not durable yet, and partial ones that will not be needed any more.
final class PendingFiles {

  private final Path directory;
  private final Map<String, byte[]> bundles = new LinkedHashMap<>();
  private final Map<String, byte[]> tiles = new LinkedHashMap<>();
  private final TreeSet<Path> unsynced = new TreeSet<>();
  private final List<Completed> completed = new ArrayList<>();

  /// A tile or bundle that became full, and the size of the log that fills it.
  private record Completed(String path, long size) {}

  PendingFiles(Path directory) {
    this.directory = directory;
  }

  int count() {
    return bundles.size() + tiles.size();
  }

  void bundle(String path, byte[] bytes) {
    bundles.put(path, bytes);
  }

  void partial(String path, byte[] hashes) {
    tiles.put(path, hashes);
  }

  void fullTile(int level, long index, String path, byte[] hashes) {
    tiles.put(path, hashes);
    long size = (index + 1) << (8 * (level + 1));
    completed.add(new Completed(path, size));
    if (level == 0) {
      completed.add(new Completed(TilePath.entries(index, TilePath.FULL), size));
    }
  }

  /// Writes what is pending. Its order does not matter to anyone: no checkpoint covers it before
  /// all of it is durable.
  void write() {
    var files = new LinkedHashMap<Path, byte[]>();
    bundles.forEach((path, bytes) -> files.put(directory.resolve(path), bytes));
    tiles.forEach((path, bytes) -> files.put(directory.resolve(path), bytes));
    DurableFile.writeAll(files);
    files.keySet().forEach(this::noteFolders);
    bundles.clear();
    tiles.clear();
  }

  /// Makes the names of what was written durable.
  void sync() {
    for (Path changed : unsynced) {
      DurableFile.syncDirectory(changed);
    }
    unsynced.clear();
  }

  void removePartials(long size) {
    for (Completed tile : completed) {
      if (tile.size <= size) {
        removeFolder(directory.resolve(tile.path + ".p"));
      }
    }
    completed.removeIf(tile -> tile.size <= size);
  }

  /// A folder may be new, so its own name must be made durable too, up to the log's folder.
  private void noteFolders(Path file) {
    Path folder = file.getParent();
    while (folder != null && !folder.equals(directory) && unsynced.add(folder)) {
      folder = folder.getParent();
    }
    unsynced.add(directory);
  }

  private static void removeFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("removing " + folder, e);
    }
  }
}
