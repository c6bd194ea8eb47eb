package dev.fedcore.policy;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.policy.CelPolicyEngine.Activation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The operator's directory of bundles, `*.yaml`, `*.yml` and `*.json`, brought into force whenever
/// somebody calls [#refresh].
///
/// It compares contents, not times. A file that is rejected, or gone, leaves the bundle that it
/// held before in force until the process ends: a policy never vanishes by accident. Has no thread
/// of its own; calls of [#refresh] take turns.
public final class BundleDirectory {

  /// How many bundle files a directory holds at most.
  public static final int FILES_MAX = 256;

  private static final String BUNDLE_FILE = "[^.].*\\.(yaml|yml|json)";

  private final Path directory;
  private final CelPolicyEngine engine;

  /// What each file held and came to when it was last looked at; guarded by `this`.
  private Map<String, Seen> seen = Map.of();

  /// Why the directory itself could not be read last time; guarded by `this`.
  private Optional<Change> unreadable = Optional.empty();

  /// A directory that was not looked at yet.
  public BundleDirectory(Path directory, CelPolicyEngine engine) {
    this.directory = directory;
    this.engine = engine;
  }

  /// What one look at the directory changed.
  public sealed interface Change {

    /// A bundle decides from now on.
    record Activated(String policyId, String version, Digest hash) implements Change {}

    /// A file brought nothing into force; what was in force before still is.
    ///
    /// @param policyId of the bundle that the file holds or held, or else the file's name
    /// @param problems why
    record Kept(String policyId, List<Problem> problems) implements Change {
      public Kept {
        problems = List.copyOf(problems);
      }
    }
  }

  /// A file's content, loaded.
  private record Content(Digest digest, LoadResult result) {

    Optional<PolicyBundle> bundle() {
      return switch (result) {
        case LoadResult.Loaded(PolicyBundle bundle, List<Problem> _) -> Optional.of(bundle);
        case LoadResult.Rejected _ -> Optional.empty();
      };
    }
  }

  /// A file's content, what came of it, and the policy that it last brought into force.
  private record Seen(Content content, Change outcome, Optional<String> inForce) {}

  /// Looks at the directory and brings into force what has changed. Says nothing of what has not.
  public synchronized List<Change> refresh() {
    Map<String, Content> contents;
    try {
      contents = read();
    } catch (IOException _) {
      return cannotRead();
    }
    unreadable = Optional.empty();
    var changes = new ArrayList<Change>(gone(contents));
    var now = new HashMap<String, Seen>();
    contents.forEach((file, content) -> {
      Optional<Seen> before = Optional.ofNullable(seen.get(file));
      Change outcome = outcome(file, content, before, contents);
      now.put(file, new Seen(content, outcome, inForce(outcome, before)));
      if (!before.map(Seen::outcome).equals(Optional.of(outcome))) {
        changes.add(outcome);
      }
    });
    seen = now;
    return List.copyOf(changes);
  }

  private List<Change> cannotRead() {
    Change change =
        kept(String.valueOf(directory), "the directory cannot be read; check that it is there");
    if (unreadable.equals(Optional.of(change))) {
      return List.of();
    }
    unreadable = Optional.of(change);
    return List.of(change);
  }

  private Change outcome(
      String file, Content content, Optional<Seen> before, Map<String, Content> contents) {
    return switch (content.result()) {
      case LoadResult.Rejected(List<Problem> problems) ->
          new Change.Kept(before.flatMap(Seen::inForce).orElse(file), problems);
      case LoadResult.Loaded(PolicyBundle bundle, List<Problem> _) ->
          others(file, bundle.policyId(), contents)
              .map(others -> kept(bundle.policyId(), file + " and " + others + " both hold it"))
              .orElseGet(() -> activated(bundle, before));
    };
  }

  private Change activated(PolicyBundle bundle, Optional<Seen> before) {
    var wanted = new Change.Activated(bundle.policyId(), bundle.version(), bundle.hash());
    if (before.map(Seen::outcome).equals(Optional.of(wanted))) {
      return wanted;
    }
    return switch (engine.activateFromDirectory(bundle)) {
      case Activation.Activated _ -> wanted;
      case Activation.Rejected rejected ->
          new Change.Kept(bundle.policyId(), List.of(rejected.problem()));
    };
  }

  /// The other files that hold the same policy, in words.
  private static Optional<String> others(
      String file, String policyId, Map<String, Content> contents) {
    List<String> others =
        contents.entrySet().stream()
            .filter(entry -> !entry.getKey().equals(file))
            .filter(entry -> holds(entry.getValue(), policyId))
            .map(Map.Entry::getKey)
            .toList();
    return others.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", others));
  }

  private List<Change> gone(Map<String, Content> contents) {
    var gone = new ArrayList<Change>();
    seen.forEach((file, before) -> {
      Optional<String> inForce = before.inForce();
      boolean elsewhere =
          inForce.isPresent() && contents.values().stream().anyMatch(c -> holds(c, inForce.get()));
      if (!contents.containsKey(file) && inForce.isPresent() && !elsewhere) {
        gone.add(kept(inForce.get(), file + " is gone; its bundle decides until the next start"));
      }
    });
    return gone;
  }

  private static Optional<String> inForce(Change outcome, Optional<Seen> before) {
    return switch (outcome) {
      case Change.Activated activated -> Optional.of(activated.policyId());
      case Change.Kept _ -> before.flatMap(Seen::inForce);
    };
  }

  private static boolean holds(Content content, String policyId) {
    return content.bundle().filter(bundle -> bundle.policyId().equals(policyId)).isPresent();
  }

  private static Change kept(String policyId, String sentence) {
    return new Change.Kept(policyId, List.of(new Problem("", sentence)));
  }

  private Map<String, Content> read() throws IOException {
    var contents = new LinkedHashMap<String, Content>();
    for (Path file : files()) {
      String name = String.valueOf(file.getFileName());
      byte[] bytes = bytes(file);
      var digest = new Digest(Sha256.hex(bytes));
      Optional<Content> same =
          Optional.ofNullable(seen.get(name))
              .map(Seen::content)
              .filter(content -> content.digest().equals(digest));
      contents.put(name, same.orElseGet(() -> new Content(digest, BundleLoader.load(bytes))));
    }
    return contents;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(file -> String.valueOf(file.getFileName()).matches(BUNDLE_FILE))
          .filter(Files::isRegularFile)
          .sorted()
          .limit(FILES_MAX)
          .toList();
    }
  }

  /// One byte more than the loader takes is enough for it to refuse.
  private static byte[] bytes(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(BundleLoader.LIMITS.bytesMax() + 1);
    }
  }
}
