package dev.fedcore.server;

import dev.fedcore.engine.outbox.Destination;
import dev.fedcore.engine.outbox.Subscription;
import dev.fedcore.policy.BuiltInBundles;
import dev.fedcore.server.webhook.WebhookDestination;
import dev.fedcore.sqlite.StoreRefused;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.slf4j.bridge.SLF4JBridgeHandler;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `fedcore up`: starts Federation Core and runs it until it is told to stop.
///
/// On SIGTERM and Ctrl-C it finishes what is under way, signs a last checkpoint and closes the
/// ledger. Exit codes: 143 and 130 for those two, 1 failure, 64 usage, 78 configuration.
@Command(name = "fedcore-server", description = "Runs Federation Core.", version = "0.1.0")
public final class Main implements Runnable {

  private static final int USAGE = 64;
  private static final int CONFIGURATION = 78;
  private static final int FAILURE = 1;

  private static final Set<String> ROLES = Set.of("federation");
  private static final String SQLITE = "sqlite:";

  /// Picocli hands it over before anything is run.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--data", paramLabel = "DIR", description = "Where everything is kept.")
  private Path data = Path.of("data");

  @Option(names = "--ledger", paramLabel = "URL", description = "sqlite:DIR; default: in --data.")
  private String ledger = "";

  @Option(names = "--only", split = ",", paramLabel = "ROLE", description = "Only these roles.")
  private List<String> only = List.of();

  @Option(names = "--host", paramLabel = "ADDR", description = "Where to listen.")
  private String host = "127.0.0.1";

  @Option(names = "--port", paramLabel = "N", description = "0 for any that is free.")
  private int port = ServerConfig.PORT_DEFAULT;

  @Option(names = "--policies", paramLabel = "DIR", description = "Bundles to follow.")
  private Optional<Path> policies = Optional.empty();

  @Option(
      names = "--webhook",
      paramLabel = "URL",
      description = "Told of every entry; signed with $FEDCORE_WEBHOOK_SECRET.")
  private Optional<URI> webhook = Optional.empty();

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
    return new CommandLine(new Main())
        .setParameterExceptionHandler(Main::misused)
        .setExecutionExceptionHandler(Main::failed);
  }

  @Override
  public void run() {
    requireKnownRoles();
    var config =
        new ServerConfig(
            ledgerDirectory(),
            host,
            port,
            Optional.ofNullable(System.getenv("SECRET_KEY")).filter(key -> !key.isEmpty()),
            policies,
            allowUnregistered);
    var stop = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, stopped), "stop"));
    try (var core = FederationCore.start(config, extensions(), InstantSource.system())) {
      announce(config, core);
      stop.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      stopped.countDown();
    }
  }

  private void announce(ServerConfig config, FederationCore core) {
    String file =
        "{\"pid\":%d,\"url\":\"%s\"}\n".formatted(ProcessHandle.current().pid(), core.uri());
    PrivateFile.write(config.data().resolve("server.json"), file.getBytes(StandardCharsets.UTF_8));
    PrintWriter out = spec.commandLine().getOut();
    out.println("Federation Core listens on " + core.uri());
    out.println(core.identity());
    out.println("data: " + config.data().toAbsolutePath());
    out.flush();
  }

  private Extensions extensions() {
    Optional<String> secret = Optional.ofNullable(System.getenv("FEDCORE_WEBHOOK_SECRET"));
    List<Destination> told =
        webhook.stream()
            .<Destination>map(
                url -> new WebhookDestination(requireHttp(url), secret, InstantSource.system()))
            .toList();
    List<Subscription> subscriptions =
        told.stream().map(destination -> Subscription.toEveryEntry(destination.name())).toList();
    return new Extensions(BuiltInBundles.all(), subscriptions, told, List.of());
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

  private void requireKnownRoles() {
    for (String role : only) {
      if (!ROLES.contains(role)) {
        throw new CommandLine.ParameterException(
            spec.commandLine(),
            "there is no role %s; known here: %s".formatted(role, String.join(", ", ROLES)));
      }
    }
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
  private static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
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
