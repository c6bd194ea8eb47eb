package dev.fedcore.evidence.awo.folder;

import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.sums.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// The files of one run, to be put together: bytes by path, in the order of the paths' bytes.
///
/// A path is a [dev.fedcore.evidence.sums.SafePath]. Immutable but for the arrays themselves, which
/// nobody changes. A folder exists as long as a file is in it. What lies on a disk is read with
/// [Snapshot].
public final class RunFiles {

  /// A run without files, to begin with.
  public static final RunFiles NONE = new RunFiles(new TreeMap<>());

  private final NavigableMap<String, byte[]> files;

  private RunFiles(NavigableMap<String, byte[]> files) {
    this.files = files;
  }

  /// Files by path.
  public static RunFiles of(Map<String, byte[]> files) {
    return new RunFiles(new TreeMap<>(files));
  }

  /// Writes every file below `folder`, which is made if it is not there.
  ///
  /// @throws UncheckedIOException when something cannot be written
  public void write(Path folder) {
    try {
      Files.createDirectories(folder);
      for (var file : files.entrySet()) {
        Path place = folder.resolve(file.getKey());
        Files.createDirectories(place.resolveSibling(""));
        Files.write(place, file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("writing " + folder, e);
    }
  }

  /// The same files, for whoever checks them.
  public Snapshot snapshot() {
    return Snapshot.of(files);
  }

  /// All paths, in byte order.
  public List<String> paths() {
    return List.copyOf(files.keySet());
  }

  /// Visits all files, in byte order of their paths.
  public void forEach(BiConsumer<String, byte[]> visitor) {
    files.forEach(visitor);
  }

  /// The files with their bytes, in byte order of their paths; unmodifiable.
  public NavigableMap<String, byte[]> asMap() {
    return Collections.unmodifiableNavigableMap(files);
  }

  public boolean has(String path) {
    return files.containsKey(path);
  }

  /// Whether a file is in `folder` or below.
  public boolean hasFolder(String folder) {
    return files.keySet().stream().anyMatch(path -> path.startsWith(folder + "/"));
  }

  /// The names of the files right inside `folder`.
  public List<String> in(String folder) {
    int start = folder.length() + 1;
    return files.keySet().stream()
        .filter(path -> path.startsWith(folder + "/") && path.indexOf('/', start) < 0)
        .map(path -> path.substring(start))
        .toList();
  }

  /// The bytes of a file; do not change them.
  public Optional<byte[]> get(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /// A file as a JSON object; empty when there is no such file.
  ///
  /// @throws MalformedInput when it is there and no such object
  public Optional<JsonObject> json(String path) {
    return get(path).map(bytes -> parse(path, bytes));
  }

  private static JsonObject parse(String path, byte[] bytes) {
    try {
      return JsonReader.readObject(bytes, JsonLimits.DEFAULT);
    } catch (MalformedInput e) {
      throw new MalformedInput(e.pointer(), path + " " + e.problem());
    }
  }

  /// These files, and one more or another one in its place.
  public RunFiles with(String path, byte[] bytes) {
    var copy = new TreeMap<>(files);
    copy.put(path, bytes);
    return of(copy);
  }

  /// These files, and a document in canonical form.
  public RunFiles with(String path, JsonObject document) {
    return with(path, document.canonicalBytes());
  }

  /// These files without those below `folder`.
  public RunFiles withoutFolder(String folder) {
    var copy = new TreeMap<>(files);
    copy.keySet().removeIf(path -> path.startsWith(folder + "/"));
    return of(copy);
  }

  /// These files without one.
  public RunFiles without(String path) {
    var copy = new TreeMap<>(files);
    copy.remove(path);
    return of(copy);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RunFiles that
        && files.keySet().equals(that.files.keySet())
        && files.entrySet().stream()
            .allMatch(file -> Arrays.equals(file.getValue(), that.files.get(file.getKey())));
  }

  @Override
  public int hashCode() {
    return files.keySet().hashCode();
  }

  @Override
  public String toString() {
    return "files " + files.keySet();
  }
}
