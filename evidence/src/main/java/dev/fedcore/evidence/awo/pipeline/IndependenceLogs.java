package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.folder.Workspace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The logs of what gate 2 said, and of why finalisations failed: each a file of its own, never
/// written twice.
final class IndependenceLogs {

  /// Logs of one run in one second; more is no review.
  private static final int SAME_SECOND_MAX = 99;

  private static final int TWO_DIGITS = 10;

  private IndependenceLogs() {}

  static void keep(Workspace workspace, Gate2Verdict verdict, String timestamp) {
    byte[] log = verdict.log(timestamp).canonicalBytes();
    Workspace.write(free(workspace, verdict.run() + "_independence_" + timestamp), log);
  }

  /// A log that was not there before, with a number if there is one of the same second. It is made
  /// here, so that nobody else gets it.
  static Path free(Workspace workspace, String name) {
    try {
      Files.createDirectories(workspace.logs());
      for (int n = 1; n <= SAME_SECOND_MAX; n++) {
        String number = n == 1 ? "" : (n < TWO_DIGITS ? "_0" : "_") + n;
        Optional<Path> mine = made(workspace.logs().resolve(name + number + ".json"));
        if (mine.isPresent()) {
          return mine.get();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("making " + name, e);
    }
    throw new IllegalStateException("there are 99 logs of this second already: " + name);
  }

  /// Asking first and making afterwards would let two think that it is theirs.
  private static Optional<Path> made(Path log) throws IOException {
    try {
      return Optional.of(Files.createFile(log));
    } catch (FileAlreadyExistsException _) {
      return Optional.empty();
    }
  }
}
