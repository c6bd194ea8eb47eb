package dev.fedcore.server;

import dev.fedcore.evidence.keys.KeyRejected;
import dev.fedcore.evidence.keys.KeySources;
import dev.fedcore.evidence.note.Cosigner;
import dev.fedcore.evidence.witness.WitnessPolicy.Log;
import dev.fedcore.http.Authentication;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.pillars.witness.Witness;
import dev.fedcore.server.metrics.ServerMetrics;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
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

/// `fedcore witness`: cosigns checkpoints of other people's logs until it is told to stop.
///
/// On SIGTERM and Ctrl-C it finishes what is under way. Exit codes: 143 and 130 for those two, 1
/// failure, 64 usage, 78 configuration.
@Command(
    name = "fedcore-witness",
    description = "Cosigns checkpoints of logs that only grow.",
    version = "0.1.0")
public final class WitnessMain implements Runnable {

  /// The port of a witness, unless another is configured.
  static final int PORT_DEFAULT = 9406;

  /// Whoever asks is known by the log's signature, and by nothing else.
  private static final Authentication NOBODY =
      (_, _) -> new Principal(Principal.ANONYMOUS, TenantId.DEFAULT, Set.of());

  /// Picocli hands it over before anything is run.
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--key", paramLabel = "FILE", description = "The witness's key.")
  private Optional<Path> key = Optional.empty();

  @Option(names = "--logs", paramLabel = "FILE", description = "Whose checkpoints are cosigned.")
  private Optional<Path> logs = Optional.empty();

  @Option(names = "--data", paramLabel = "DIR", description = "Where the witness remembers.")
  private Path data = Path.of("witness");

  @Option(names = "--host", paramLabel = "ADDR", description = "Where to listen.")
  private String host = "127.0.0.1";

  @Option(names = "--port", paramLabel = "N", description = "0 for any that is free.")
  private int port = PORT_DEFAULT;

  /// Starts the witness as the command line says.
  public static void main(String... arguments) {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    System.exit(commandLine().execute(arguments));
  }

  /// The command, to be run or described.
  public static CommandLine commandLine() {
    return Main.withExitCodes(new CommandLine(new WitnessMain()));
  }

  @Command(name = "key", description = "Makes a key and an empty memory; prints the verifier key.")
  void makeKey(
      @Option(names = "--name", paramLabel = "NAME", description = "Of a new witness.")
          Optional<String> name,
      @Option(names = "--key", required = true, paramLabel = "FILE", description = "Its key.")
          Path file,
      @Option(names = "--data", paramLabel = "DIR", description = "Where it will remember.")
          Optional<Path> directory) {
    Path memory = directory.orElse(data);
    Cosigner cosigner;
    if (Files.exists(file)) {
      cosigner = read(file);
      if (!Witness.isIn(memory)) {
        throw new StartRefused(
            "%s is there, and %s has no memory of what it cosigned: name its directory with --data"
                .formatted(file, memory));
      }
    } else {
      cosigner =
          generate(
              name.orElseThrow(
                  () -> misused("there is no key at %s: --name a new one".formatted(file))));
      requireFolder(file);
      Witness.make(memory, cosigner);
      PrivateFile.write(file, KeySources.cosignerFile(cosigner).getBytes(StandardCharsets.UTF_8));
    }
    print(cosigner.verifierKey());
  }

  @Override
  public void run() {
    Cosigner cosigner = read(key.orElseThrow(() -> misused("--key FILE is missing")));
    List<Log> known =
        WitnessPolicies.logs(logs.orElseThrow(() -> misused("--logs FILE is missing")));
    var stop = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Main.stopAndWait(stop, stopped), "stop"));
    Deque<Runnable> closing = new ArrayDeque<>();
    try {
      URI uri = listen(cosigner, known, closing);
      print("Witness     listens on " + uri);
      print("key: " + cosigner.verifierKey());
      print("data: " + data.toAbsolutePath());
      stop.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      closing.forEach(Runnable::run);
      stopped.countDown();
    }
  }

  private URI listen(Cosigner cosigner, List<Log> known, Deque<Runnable> closing) {
    Witness witness = Witness.open(data, cosigner, known, InstantSource.system());
    closing.push(witness::close);
    return new Listener(host, port, NOBODY)
        .listen(witness.routes(), Listener.PLAIN, new ServerMetrics(), closing);
  }

  private static Cosigner read(Path file) {
    try {
      return KeySources.cosigner(file);
    } catch (KeyRejected rejected) {
      throw new StartRefused(String.valueOf(rejected.getMessage()));
    }
  }

  private static void requireFolder(Path file) {
    if (!Files.isDirectory(file.toAbsolutePath().resolveSibling(""))) {
      throw new StartRefused(file + " cannot be written: there is no such directory");
    }
  }

  private Cosigner generate(String name) {
    try {
      return Cosigner.generate(name);
    } catch (IllegalArgumentException e) {
      throw misused("--name: " + e.getMessage());
    }
  }

  private CommandLine.ParameterException misused(String why) {
    return new CommandLine.ParameterException(spec.commandLine(), why);
  }

  private void print(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
