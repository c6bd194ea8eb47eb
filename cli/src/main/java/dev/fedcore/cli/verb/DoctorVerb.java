package dev.fedcore.cli.verb;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.cli.terminal.Terminal;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fedcore doctor`: looks at what usually goes wrong, and says what to do about it.
@Command(name = "doctor", description = "Look at what usually goes wrong, and say the remedy.")
final class DoctorVerb implements Callable<Integer> {

  private final Surroundings surroundings;
  private final Fedcore fedcore;

  @Mixin private final ServerOptions server = new ServerOptions();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The server's data directory; ./data if not said.")
  private Path data = Path.of("data");

  DoctorVerb(Surroundings surroundings, Fedcore fedcore) {
    this.surroundings = surroundings;
    this.fedcore = fedcore;
  }

  @Override
  public Integer call() {
    var checkup =
        new Checkup(surroundings, surroundings.resolve(data), server.target(surroundings));
    List<Checkup.Result> results = checkup.run();
    if (fedcore.json()) {
      surroundings.terminal().json(json(results));
    } else {
      results.forEach(this::show);
    }
    boolean failed = results.stream().anyMatch(r -> r.grade() == Checkup.Grade.FAILED);
    return (failed ? ExitCode.FAILED : ExitCode.OK).number();
  }

  private void show(Checkup.Result result) {
    Terminal terminal = surroundings.terminal();
    String word = result.grade().word();
    terminal.line(
        terminal.tinted(word)
            + " ".repeat(Checkup.Grade.WORD_LENGTH_MAX - word.length())
            + "  %-12s %s".formatted(result.what(), Terminal.printable(result.finding())));
  }

  private static JsonObject json(List<Checkup.Result> results) {
    List<JsonValue> checks =
        results.stream()
            .<JsonValue>map(result ->
                JsonObject.builder()
                    .put("check", result.what())
                    .put("grade", result.grade().word())
                    .put("finding", result.finding())
                    .build())
            .toList();
    return JsonObject.builder().put("checks", new JsonArray(checks)).build();
  }
}
