package dev.fedcore.server;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Which program this is, as `GET /version` tells it. Safe for use by many threads.
final class Build {

  /// What stands for the commit when the launcher, which runs in the checkout, did not say it.
  private static final String UNKNOWN = "unknown";

  private final Instant startedAt;
  private final List<Path> classPath;
  private volatile Optional<String> digest = Optional.empty();

  /// @param classPath jars and directories of classes
  Build(Instant startedAt, List<Path> classPath) {
    this.startedAt = startedAt;
    this.classPath = List.copyOf(classPath);
  }

  /// The class path of this process.
  static List<Path> classPath() {
    String path = System.getProperty("java.class.path", "");
    return Stream.of(path.split(java.io.File.pathSeparator, -1))
        .filter(entry -> !entry.isEmpty())
        .map(Path::of)
        .filter(Files::exists)
        .toList();
  }

  static String release() {
    return Optional.ofNullable(Build.class.getPackage().getImplementationVersion()).orElse("0.1.0");
  }

  JsonObject json() {
    return JsonObject.builder()
        .put("name", "federation-core")
        .put("version", release())
        .put("git_sha", Optional.ofNullable(System.getenv("FEDCORE_GIT_SHA")).orElse(UNKNOWN))
        .put("artifact_digest", artifactDigest())
        .put("java", Runtime.version().toString())
        .put("started_at", startedAt.toString())
        .build();
  }

  /// SHA-256 over the sorted lines `<sha256> <name>` of everything on the class path. Computed when
  /// first asked for, as it reads every file.
  private String artifactDigest() {
    Optional<String> known = digest;
    if (known.isPresent()) {
      return known.get();
    }
    String lines = String.join("", classPath.stream().map(Build::line).sorted().toList());
    String fresh = Sha256.hex(lines.getBytes(StandardCharsets.UTF_8));
    digest = Optional.of(fresh);
    return fresh;
  }

  private static String line(Path entry) {
    var sum = Sha256.start();
    try (Stream<Path> files = Files.walk(entry)) {
      files.filter(Files::isRegularFile).sorted().forEach(file -> add(sum, file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Sha256.hexOf(sum.digest()) + "  " + entry.getFileName() + "\n";
  }

  private static void add(MessageDigest sum, Path file) {
    try {
      sum.update(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
