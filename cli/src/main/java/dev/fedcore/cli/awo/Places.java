package dev.fedcore.cli.awo;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.json.MalformedInput;
import java.nio.file.Path;

/// What options name, as the types that it is.
final class Places {

  private Places() {}

  static Workspace workspace(Surroundings surroundings, RootOptions options) {
    return new Workspace(options.root(surroundings));
  }

  static Workspace workspace(Surroundings surroundings, Path root) {
    return new Workspace(surroundings.resolve(root).normalize());
  }

  /// @throws Failure when no run can be called that
  static RunName run(String id) {
    try {
      return new RunName(id);
    } catch (MalformedInput e) {
      throw new Failure(ExitCode.USAGE, e.problem());
    }
  }
}
