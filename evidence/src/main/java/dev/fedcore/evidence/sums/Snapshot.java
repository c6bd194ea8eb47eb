package dev.fedcore.evidence.sums;

import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.Findings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The files below a folder as they were when they were read, by path, in the order of the paths'
/// bytes. Everything is judged on these bytes, so that nothing can change in between.
///
/// What no evidence may hold (links, devices, unsafe names, names that differ in case only) is left
/// out and is a finding.
public final class Snapshot {

  /// The most files: ten times a run of ten thousand.
  public static final int FILES_MAX = 100_000;

  /// The most bytes in all files together: 512 MiB.
  public static final long BYTES_MAX = 512L << 20;

  private final NavigableMap<String, byte[]> files;
  private final List<Finding> findings;

  private Snapshot(NavigableMap<String, byte[]> files, List<Finding> findings) {
    this.files = Collections.unmodifiableNavigableMap(files);
    this.findings = List.copyOf(findings);
  }

  /// Reads everything below `folder`, which may be missing and then holds nothing.
  ///
  /// @throws UncheckedIOException when a file cannot be read, or there is more than the limits
  public static Snapshot read(Path folder) {
    if (!Files.isDirectory(folder)) {
      return of(Map.of());
    }
    var walk = new Walk(folder);
    try {
      Files.walkFileTree(folder, walk);
    } catch (IOException e) {
      throw new UncheckedIOException("reading " + folder, e);
    }
    return judged(walk.files, walk.findings);
  }

  /// Files that are in memory already, such as those of an archive.
  public static Snapshot of(Map<String, byte[]> files) {
    return judged(new TreeMap<>(files), new Findings());
  }

  private static Snapshot judged(NavigableMap<String, byte[]> read, Findings findings) {
    var files = new TreeMap<String, byte[]>();
    var twins = new HashMap<String, String>();
    read.forEach((path, bytes) -> {
      Optional<String> problem = SafePath.problem(path);
      String twin = twins.putIfAbsent(SafePath.twin(path), path);
      if (problem.isPresent()) {
        findings.add(AwoCode.INT_002, printable(path), problem.get());
      } else if (twin != null) {
        findings.add(AwoCode.INT_002, path, "differs from %s in case only".formatted(twin));
      } else {
        files.put(path, bytes);
      }
    });
    return new Snapshot(files, findings.all());
  }

  /// Path to bytes, in path order. Whoever changes the bytes changes them for all.
  public NavigableMap<String, byte[]> files() {
    return files;
  }

  /// The bytes at `path`; empty when there is no such file.
  public Optional<byte[]> file(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /// What was left out, and why.
  public List<Finding> findings() {
    return findings;
  }

  /// The files below `folder`, by their paths from there.
  ///
  /// @param folder without a slash at the end
  public Snapshot below(String folder) {
    String prefix = folder + "/";
    var inside = new TreeMap<String, byte[]>();
    for (Map.Entry<String, byte[]> file : files.tailMap(prefix, true).entrySet()) {
      if (!file.getKey().startsWith(prefix)) {
        break;
      }
      inside.put(file.getKey().substring(prefix.length()), file.getValue());
    }
    return new Snapshot(inside, List.of());
  }

  /// The same files inside `folder`.
  ///
  /// @param folder without a slash at the end
  public Snapshot inside(String folder) {
    var moved = new TreeMap<String, byte[]>();
    files.forEach((path, bytes) -> moved.put(folder + "/" + path, bytes));
    var found =
        findings.stream()
            .map(left -> new Finding(left.code(), folder + "/" + left.path(), left.detail()))
            .toList();
    return new Snapshot(moved, found);
  }

  /// These files and those of `other`, which win where a path is in both.
  public Snapshot and(Snapshot other) {
    var both = new Findings();
    both.addAll(findings);
    both.addAll(other.findings);
    var joined = new TreeMap<>(files);
    joined.putAll(other.files);
    return judged(joined, both);
  }

  private static String printable(String path) {
    return path.replaceAll("[^ -~]|\\\\", "?");
  }

  private static final class Walk extends SimpleFileVisitor<Path> {

    private final Path folder;
    private final NavigableMap<String, byte[]> files = new TreeMap<>();
    private final Findings findings = new Findings();
    private long bytes;

    Walk(Path folder) {
      this.folder = folder;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      String path = folder.relativize(file).toString();
      if (!attributes.isRegularFile()) {
        findings.add(AwoCode.INT_002, printable(path), "it is a link or a device, not a file");
        return FileVisitResult.CONTINUE;
      }
      bytes += attributes.size();
      if (files.size() >= FILES_MAX || bytes > BYTES_MAX) {
        throw new IOException(
            "there are more than %,d files or %,d bytes".formatted(FILES_MAX, BYTES_MAX));
      }
      files.put(path, Files.readAllBytes(file));
      return FileVisitResult.CONTINUE;
    }
  }
}
