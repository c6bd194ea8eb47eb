package dev.fedcore.evidence.awo.folder;

import dev.fedcore.evidence.note.DurableFile;
import dev.fedcore.evidence.sums.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A folder in which AWO runs are made, judged and published.
///
/// ```
/// runs/<RUN_ID>/                        the run
/// governance/attestations/<RUN_ID>/     who vouches for it
/// governance/logs/                      independence logs, and why a finalisation failed
/// provenance/index.json                 which runs are published
/// .awo/                                 the lock, and what is about to be published
/// ```
public record Workspace(Path root) {

  /// Where runs lie.
  public static final String RUNS = "runs";

  /// Where attestations lie.
  public static final String ATTESTATIONS = "governance/attestations";

  /// Where independence logs lie.
  public static final String LOGS = "governance/logs";

  /// Which runs are published.
  public static final String INDEX = "provenance/index.json";

  private static final String OWN = ".awo";

  /// Files of one folder that is removed: those of a run, and of what a run is published with.
  private static final int REMOVED_MAX = 1_000_000;

  public Path run(RunName run) {
    return root.resolve(RUNS).resolve(run.value());
  }

  public Path attestations(RunName run) {
    return root.resolve(ATTESTATIONS).resolve(run.value());
  }

  /// The folder of independence logs.
  public Path logs() {
    return root.resolve(LOGS);
  }

  public Path index() {
    return root.resolve(INDEX);
  }

  /// What a finalisation holds.
  public Path lock() {
    return root.resolve(OWN).resolve("lock");
  }

  /// The workspace in which a run is put together before it is published.
  public Workspace staging(RunName run) {
    return new Workspace(root.resolve(OWN).resolve("staging").resolve(run.value()));
  }

  public Snapshot snapshot(RunName run) {
    return Snapshot.read(run(run));
  }

  /// The names of the independence logs of a run, the oldest first.
  public List<String> independenceLogs(RunName run) {
    String prefix = run + "_independence_";
    return names(logs()).stream().filter(name -> name.startsWith(prefix)).toList();
  }

  /// The names of what is in a folder, sorted; none when it is not there.
  public static List<String> names(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> inside = Files.list(folder)) {
      return inside.map(path -> String.valueOf(path.getFileName())).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("listing " + folder, e);
    }
  }

  /// Writes a file as a whole or not at all, also when the power goes.
  public static void write(Path file, byte[] bytes) {
    DurableFile.replace(file, bytes);
  }

  /// Renames a file, in the place of another one, or a folder, where there is none.
  public static void move(Path from, Path to) {
    try {
      Files.createDirectories(to.resolveSibling(""));
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("moving " + from + " to " + to, e);
    }
  }

  /// Gives files of a folder second names in another one; where the file system has no such names,
  /// copies them. Nobody may write into such a file: what is to change is replaced.
  ///
  /// @param paths of the files, relative to both folders
  public static void link(Path from, Collection<String> paths, Path to) {
    try {
      Set<Path> folders = new HashSet<>();
      for (String path : paths) {
        Path second = to.resolve(path);
        if (folders.add(second.resolveSibling(""))) {
          Files.createDirectories(second.resolveSibling(""));
        }
        linkOrCopy(from.resolve(path), second);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("linking " + from + " to " + to, e);
    }
  }

  private static void linkOrCopy(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (FileSystemException e) {
      Files.copy(from, to);
    }
  }

  public static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + file, e);
    }
  }

  /// Removes a folder with all that is in it, if it is there.
  public static void remove(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(folder)) {
      List<Path> deepestFirst = walk.limit(REMOVED_MAX).sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("removing " + folder, e);
    }
  }
}
