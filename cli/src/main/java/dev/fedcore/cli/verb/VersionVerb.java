package dev.fedcore.cli.verb;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.evidence.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// `fedcore version`: of this program; `doctor` asks the server for its own.
@Command(name = "version", description = "Say which version this is.")
final class VersionVerb implements Callable<Integer> {

  private final Surroundings surroundings;
  private final Fedcore fedcore;

  VersionVerb(Surroundings surroundings, Fedcore fedcore) {
    this.surroundings = surroundings;
    this.fedcore = fedcore;
  }

  @Override
  public Integer call() {
    String java = Runtime.version().toString();
    if (fedcore.json()) {
      surroundings
          .terminal()
          .json(
              JsonObject.builder()
                  .put("name", "federation-core")
                  .put("version", version())
                  .put("java", java)
                  .build());
    } else {
      surroundings.terminal().line("fedcore %s (Java %s)".formatted(version(), java));
    }
    return ExitCode.OK.number();
  }

  /// From the jar's manifest; classes that were never packed have none.
  static String version() {
    return Optional.ofNullable(VersionVerb.class.getPackage().getImplementationVersion())
        .orElse("unpacked");
  }
}
