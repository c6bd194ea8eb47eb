package dev.fedcore.cli.verb;

import dev.fedcore.cli.child.ServerProcess;
import dev.fedcore.cli.client.FedcoreClient;
import dev.fedcore.cli.client.JsonView;
import dev.fedcore.cli.client.Target;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.cli.terminal.Terminal;
import dev.fedcore.evidence.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fedcore erase`: erases a person, and leaves every hash as it is.
@Command(
    name = "erase",
    description = "Erase a person: name, words and payloads. Every hash and proof stays valid.")
final class EraseVerb implements Callable<Integer> {

  /// Services that know people, and did not say that they erased this one.
  private static final String UNANSWERED = "unanswered";

  /// Services that keep people in a file of their own, which is called after them.
  private static final List<String> PEOPLE_STORES = List.of("bucket", "karma");

  private final Surroundings surroundings;
  private final Fedcore fedcore;

  @Mixin private final ServerOptions server = new ServerOptions();

  @Option(
      names = "--subject",
      required = true,
      paramLabel = "S",
      description = "Whom: an actor's name, an e-mail address or a telephone number.")
  private String subject = "";

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why, such as the request that asks for it; kept until you are erased.")
  private String reason = "";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "A data directory that no server has open; a server is started for it.")
  private Optional<Path> data = Optional.empty();

  EraseVerb(Surroundings surroundings, Fedcore fedcore) {
    this.surroundings = surroundings;
    this.fedcore = fedcore;
  }

  @Override
  public Integer call() {
    if (data.isEmpty()) {
      return erase(server.target(surroundings));
    }
    Path directory = surroundings.resolve(data.get());
    if (server.givenUrl(surroundings).isPresent()) {
      throw new Failure(ExitCode.USAGE, "give --url or --data, not both");
    }
    requireLedger(directory);
    String classPath = surroundings.ownServer("erase");
    List<String> beside =
        PEOPLE_STORES.stream()
            .filter(role -> Files.exists(directory.resolve(role + ".db")))
            .toList();
    try (var child = ServerProcess.start(classPath, directory, beside, surroundings.clock())) {
      Target target = server.target(surroundings);
      return erase(new Target(child.url(), target.token(), target.actor(), target.tenant()));
    }
  }

  /// No server is started on a directory that is none of its own.
  private static void requireLedger(Path directory) {
    if (!Files.isDirectory(directory.resolve("log"))) {
      throw new Failure(ExitCode.NO_INPUT, "%s is no server's data directory".formatted(directory));
    }
  }

  private int erase(Target target) {
    JsonObject wanted = JsonObject.builder().put("reason", reason).put("subject", subject).build();
    try (var client = new FedcoreClient(target)) {
      JsonView answer = client.post("/erasures", wanted).orFail().json();
      Terminal terminal = surroundings.terminal();
      if (fedcore.json()) {
        terminal.json(answer.object());
      } else {
        show(terminal, answer);
      }
      boolean isWhole = answer.isTrue("files_rewritten") && answer.texts(UNANSWERED).isEmpty();
      return (isWhole ? ExitCode.OK : ExitCode.FAILED).number();
    }
  }

  private static void show(Terminal terminal, JsonView answer) {
    terminal.line(
        "values erased: %,d; runs changed: %,d; every hash is as it was"
            .formatted(
                answer.integer("values_erased").orElse(0),
                answer.integer("runs_changed").orElse(0)));
    if (!answer.isTrue("files_rewritten")) {
      terminal.complain(
          "the files could not be written anew and may still hold erased bytes; ask again");
    }
    if (!answer.texts(UNANSWERED).isEmpty()) {
      terminal.complain(
          "did not say that they erased anything: %s; start them and ask again"
              .formatted(String.join(", ", answer.texts(UNANSWERED))));
    }
    terminal.line("not reached: " + String.join(", ", answer.texts("not_reached")));
  }
}
