package dev.fedcore.server;

import dev.fedcore.engine.outbox.Destination;
import dev.fedcore.server.webhook.WebhookDestination;
import dev.fedcore.sqlite.StoreRefused;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `fedcore up`: starts Federation Core and the pillars beside it, and runs them until it is told
/// to stop.
///
/// On SIGTERM and Ctrl-C it finishes what is under way, signs a last checkpoint and closes the
/// ledger. Exit codes: 143 and 130 for those two, 1 failure, 64 usage, 78 configuration.
@Command(name = "fedcore-server", description = "Runs Federation Core.", version = "0.1.0")
public final class Main implements Runnable {

  private static final int USAGE = 64;
  private static final int CONFIGURATION = 78;
  private static final int FAILURE = 1;

  private static final String SQLITE = "sqlite:";

  /// Picocli hands it over before anything is run.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--data", paramLabel = "DIR", description = "Where everything is kept.")
  private Path data = Path.of("data");

  @Option(names = "--ledger", paramLabel = "URL", description = "sqlite:DIR; default: in --data.")
  private String ledger = "";

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "ROLE",
      description = "Only these: federation, executor, core, bucket, karma.")
  private List<String> only = List.of();

  @Option(names = "--host", paramLabel = "ADDR", description = "Where to listen.")
  private String host = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "N",
      description = "Federation Core's; 0 for any that is free.")
  private int port = ServerConfig.PORT_DEFAULT;

  @Option(
      names = "--ports",
      split = ",",
      paramLabel = "ROLE=N",
      description = "Ports of other services, such as bucket=8101.")
  private Map<String, Integer> ports = Map.of();

  @Option(names = "--policies", paramLabel = "DIR", description = "Bundles to follow.")
  private Optional<Path> policies = Optional.empty();

  @Option(
      names = "--policy-keys",
      paramLabel = "FILE",
      description = "Who may sign bundles; else $FEDCORE_POLICY_KEYS, or nobody needs to.")
  private Optional<Path> policyKeys = Optional.empty();

  @Option(
      names = "--webhook",
      paramLabel = "URL",
      description = "Told of every entry; signed with $FEDCORE_WEBHOOK_SECRET.")
  private Optional<URI> webhook = Optional.empty();

  @Option(
      names = "--witness-policy",
      paramLabel = "FILE",
      description = "Who cosigns checkpoints, and how many must; else $FEDCORE_WITNESS_POLICY.")
  private Optional<Path> witnessPolicy = Optional.empty();

  @Option(names = "--allow-unregistered", description = "Runs may name unknown workflows.")
  private boolean allowUnregistered;

  /// Starts the server as the command line says.
  public static void main(String... arguments) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(commandLine().execute(arguments));
  }

  /// The command, to be run or described.
  static CommandLine commandLine() {
    return withExitCodes(new CommandLine(new Main()));
  }

  /// Ends with one line and a code of its own for each kind of failure.
  static CommandLine withExitCodes(CommandLine line) {
    return line.setParameterExceptionHandler(Main::misused)
        .setExecutionExceptionHandler(Main::failed);
  }

  @Override
  public void run() {
    Surroundings surroundings = surroundings();
    var config =
        new ServerConfig(
            ledgerDirectory(),
            host,
            port,
            surroundings.text("SECRET_KEY"),
            policies,
            allowUnregistered);
    var stop = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, stopped), "stop"));
    try (var house = House.start(config, surroundings, told(), InstantSource.system())) {
      announce(config, house);
      stop.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.countDown();
    }
  }

  private Surroundings surroundings() {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    only.forEach(word -> roles.add(role(word)));
    var chosen = new EnumMap<Role, Integer>(Role.class);
    ports.forEach((word, number) -> chosen.put(role(word), number));
    chosen.put(Role.FEDERATION, port);
    var environment = new HashMap<>(System.getenv());
    policyKeys.ifPresent(file -> environment.put(PolicyKeyFile.VARIABLE, file.toString()));
    witnessPolicy.ifPresent(file -> environment.put(WitnessPolicies.VARIABLE, file.toString()));
    return new Surroundings(
        roles.isEmpty() ? EnumSet.allOf(Role.class) : roles, chosen, environment);
  }

  private Role role(String word) {
    return Role.of(word)
        .orElseThrow(() ->
            new CommandLine.ParameterException(
                spec.commandLine(),
                "there is no role %s; known here: %s"
                    .formatted(
                        word,
                        String.join(", ", Arrays.stream(Role.values()).map(Role::word).toList()))));
  }

  private void announce(ServerConfig config, House house) {
    PrintWriter out = spec.commandLine().getOut();
    house
        .listening()
        .forEach((role, url) -> out.printf("%-11s listens on %s%n", role.title(), url));
    URI federation = house.listening().get(Role.FEDERATION);
    if (federation != null) {
      String file =
          "{\"pid\":%d,\"url\":\"%s\"}\n".formatted(ProcessHandle.current().pid(), federation);
      PrivateFile.write(
          config.data().resolve("server.json"), file.getBytes(StandardCharsets.UTF_8));
    }
    out.println(house.identity());
    if (federation != null) {
      out.println(house.bundles());
    }
    out.println("data: " + config.data().toAbsolutePath());
    out.flush();
  }

  private List<Destination> told() {
    Optional<String> secret = Optional.ofNullable(System.getenv("FEDCORE_WEBHOOK_SECRET"));
    return webhook.stream()
        .<Destination>map(
            url -> new WebhookDestination(requireHttp(url), secret, InstantSource.system()))
        .toList();
  }

  private URI requireHttp(URI url) {
    boolean usable =
        ("https".equals(url.getScheme()) || "http".equals(url.getScheme()))
            && url.getHost() != null;
    if (!usable) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--webhook takes an http or https URL, not " + url);
    }
    return url;
  }

  private Path ledgerDirectory() {
    if (ledger.isEmpty()) {
      return data;
    }
    if (!ledger.startsWith(SQLITE)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--ledger takes sqlite:DIR, not " + ledger);
    }
    return Path.of(ledger.substring(SQLITE.length()));
  }

  /// On SIGTERM and Ctrl-C: lets the server stop in order before the process ends.
  static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static int misused(CommandLine.ParameterException wrong, String[] arguments) {
    PrintWriter err = wrong.getCommandLine().getErr();
    err.println(wrong.getMessage());
    err.flush();
    return USAGE;
  }

  private static int failed(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    PrintWriter err = command.getErr();
    err.println(failure.getMessage());
    err.flush();
    return switch (failure) {
      case StartRefused _, StoreRefused _ -> CONFIGURATION;
      default -> FAILURE;
    };
  }
}
