package dev.fedcore.server;

import dev.fedcore.engine.CommandService;
import dev.fedcore.engine.Definitions;
import dev.fedcore.engine.Engine;
import dev.fedcore.engine.TenantJournal;
import dev.fedcore.engine.adapter.PermitOffice;
import dev.fedcore.engine.disclosure.SubjectKeys;
import dev.fedcore.engine.erasure.Eraser;
import dev.fedcore.engine.ledger.Commits;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.live.Catalog;
import dev.fedcore.engine.live.Ids;
import dev.fedcore.engine.live.RunWatcher;
import dev.fedcore.engine.log.Checkpointer;
import dev.fedcore.engine.outbox.Destination;
import dev.fedcore.engine.outbox.OutboxRelay;
import dev.fedcore.engine.outbox.OutboxWriter;
import dev.fedcore.engine.outbox.Pace;
import dev.fedcore.engine.registry.AgentRegistry;
import dev.fedcore.engine.registry.RegistryObserver;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.witness.WitnessPolicy;
import dev.fedcore.http.HttpServer;
import dev.fedcore.http.Route;
import dev.fedcore.http.Router;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.ledger.sqlite.SqliteLedger;
import dev.fedcore.policy.Admission;
import dev.fedcore.server.api.EvidenceRoutes;
import dev.fedcore.server.api.Finding;
import dev.fedcore.server.api.LogRoutes;
import dev.fedcore.server.api.PolicyJson;
import dev.fedcore.server.api.ServiceRoutes;
import dev.fedcore.server.cosigning.Cosigning;
import dev.fedcore.server.erasure.ErasureRoutes;
import dev.fedcore.server.fc.FcProblems;
import dev.fedcore.server.metrics.MeteredLedger;
import dev.fedcore.server.metrics.ServerMetrics;
import dev.fedcore.server.policies.Policies;
import dev.fedcore.server.status.PillarWatch;
import dev.fedcore.server.status.RecentLags;
import dev.fedcore.server.status.StatusRoutes;
import dev.fedcore.server.trace.StepSpans;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;

/// One running Federation Core: a ledger, an engine over it, and HTTP in front. Everything that is
/// chosen is chosen here.
public final class FederationCore implements AutoCloseable {

  private static final String LOG = "log";

  private final Deque<Runnable> closing;
  private final Identity identity;
  private final List<Route> routes;
  private final URI uri;

  private FederationCore(
      ServerConfig config, Extensions extensions, InstantSource clock, Deque<Runnable> closing) {
    this.closing = closing;
    this.identity = Identity.of(config, clock);
    var random = new SecureRandom();
    var metrics = new ServerMetrics();
    Ledger ledger = openLedger(config, metrics);
    var commits = Commits.upTo(ledger.size() - 1);
    var subjects = new SubjectKeys(ledger, () -> secret(random));
    var journal = new TenantJournal(ledger, commits, clock, subjects);
    var definitions = new Definitions(ledger, journal, config.allowUnregistered());
    Policies policies = policies(ledger, journal, config, extensions);
    var permits = new PermitOffice(secret(random), clock);
    Acting acting = extensions.acting().make(config.data(), permits, clock, closing);
    var agents = new AgentRegistry(ledger, journal, clock);
    var catalog = new Catalog(acting.adapters(), List.of(new RegistryObserver(agents)));
    NoteSigner signer = LogKey.in(config.data(), random);
    Path logFolder = config.data().resolve(LOG);
    Optional<Cosigning> cosigning =
        extensions.witnesses().map(policy -> cosigning(policy, logFolder, signer, clock, metrics));
    Checkpointer checkpointer = checkpointer(ledger, logFolder, signer, cosigning, metrics);
    CommandService commands =
        begun(
            new Engine(
                ledger,
                commits,
                new OutboxWriter(extensions.subscriptions()),
                definitions,
                journal,
                catalog,
                policies,
                permits,
                clock,
                new Ids(clock, ThreadLocalRandom::current),
                subjects,
                watcher(metrics, extensions.tracing())));
    RecentLags lags = relay(ledger, commits, extensions.destinations(), clock, metrics);
    housekeeping(checkpointer, commands, policies);
    var operations =
        Operations.over(
            new Operations.Needs(
                ledger,
                commits,
                commands,
                definitions,
                policies,
                acting,
                permits,
                catalog,
                agents,
                new LogRoutes(logFolder, signer.verifierKey()),
                facts(clock, checkpointer, policies, metrics),
                clock),
            beside(
                status(extensions, lags, cosigning, clock),
                new EvidenceRoutes(ledger, new Finding(ledger), config.evidence()),
                erasures(ledger, journal, subjects, commands, extensions, acting)));
    this.routes = operations.routes();
    this.uri = listen(config, operations, metrics, random);
  }

  /// Settles what was at work when the last process stopped, before anything new begins.
  private CommandService begun(Engine engine) {
    var commands = new CommandService(engine);
    closing.push(commands::close);
    commands.recover();
    return commands;
  }

  private static ErasureRoutes erasures(
      Ledger ledger,
      TenantJournal journal,
      SubjectKeys subjects,
      CommandService commands,
      Extensions extensions,
      Acting acting) {
    var eraser = new Eraser(ledger, journal, subjects, commands::forget, List.of(acting.records()));
    Set<String> outOfReach = new LinkedHashSet<>();
    extensions.destinations().forEach(told -> outOfReach.add(told.name()));
    extensions.people().forEach(service -> outOfReach.remove(service.name()));
    outOfReach.add("backups");
    return new ErasureRoutes(eraser, extensions.people(), List.copyOf(outOfReach));
  }

  private static Policies policies(
      Ledger ledger, TenantJournal journal, ServerConfig config, Extensions extensions) {
    var policies =
        new Policies(
            ledger,
            journal,
            extensions.policies(),
            extensions.policyKeys().map(Admission::new),
            System::nanoTime);
    config.policies().ifPresent(policies::follow);
    return policies;
  }

  private Ledger openLedger(ServerConfig config, ServerMetrics metrics) {
    SqliteLedger sqlite = SqliteLedger.open(config.data());
    closing.push(sqlite::close);
    metrics.watchLedger(sqlite::size, sqlite::commits);
    return new MeteredLedger(sqlite, metrics);
  }

  private Checkpointer checkpointer(
      Ledger ledger,
      Path directory,
      NoteSigner signer,
      Optional<Cosigning> cosigning,
      ServerMetrics metrics) {
    Checkpointer checkpointer =
        cosigning
            .map(publication -> Checkpointer.open(ledger, directory, signer, publication))
            .orElseGet(() -> Checkpointer.open(ledger, directory, signer));
    closing.push(checkpointer::catchUp);
    metrics.watchCheckpoints(() -> ledger.size() - checkpointer.publishedSize());
    return checkpointer;
  }

  private StatusRoutes status(
      Extensions extensions, RecentLags lags, Optional<Cosigning> cosigning, InstantSource clock) {
    return new StatusRoutes(
        watches(extensions, clock),
        lags,
        cosigning.map(publication -> publication::report),
        clock.instant());
  }

  private static List<Route> beside(
      StatusRoutes status, EvidenceRoutes evidence, ErasureRoutes erasures) {
    return Stream.of(status.routes(), evidence.routes(), erasures.routes())
        .flatMap(List::stream)
        .toList();
  }

  private Cosigning cosigning(
      WitnessPolicy policy,
      Path directory,
      NoteSigner signer,
      InstantSource clock,
      ServerMetrics metrics) {
    NoteVerifier log = NoteVerifier.parse(signer.verifierKey());
    WitnessPolicies.requireOwn(policy, log);
    Cosigning cosigning = Cosigning.start(policy, directory, log, clock);
    closing.push(cosigning::close);
    metrics.watchWitnesses(cosigning::report);
    return cosigning;
  }

  /// Starts to bring the outbox to its receivers; gives how far each is behind.
  private RecentLags relay(
      Ledger ledger,
      Commits commits,
      List<Destination> destinations,
      InstantSource clock,
      ServerMetrics metrics) {
    OutboxRelay relay =
        OutboxRelay.start(
            ledger, commits, destinations, Pace.DEFAULT, clock, ThreadLocalRandom::current);
    closing.push(relay::close);
    var lags = new RecentLags(relay::lag, System::nanoTime);
    metrics.watchOutbox(destinations, lags);
    return lags;
  }

  private List<PillarWatch> watches(Extensions extensions, InstantSource clock) {
    List<PillarWatch> watches =
        extensions.pillars().stream().map(pillar -> PillarWatch.start(pillar, clock)).toList();
    watches.forEach(watch -> closing.push(watch::close));
    return watches;
  }

  /// The checkpoint has a thread of its own: while others wait for the ledger, or for an adapter's
  /// answer, no entry waits for its signature.
  private void housekeeping(Checkpointer checkpointer, CommandService commands, Policies policies) {
    keep(new Housekeeping.Task("checkpoint", checkpointer::catchUp));
    keep(
        new Housekeeping.Task("gates", commands::expireGates),
        new Housekeeping.Task("doubts", commands::settleDoubts),
        new Housekeeping.Task("policies", policies::refresh),
        new Housekeeping.Task("keys", identity.keys()::refresh));
  }

  /// @param tasks that share a thread
  private void keep(Housekeeping.Task... tasks) {
    var housekeeping = Housekeeping.start(List.of(tasks));
    closing.push(housekeeping::close);
  }

  private ServiceRoutes.Facts facts(
      InstantSource clock, Checkpointer checkpointer, Policies policies, ServerMetrics metrics) {
    var build = new Build(clock.instant(), Build.classPath());
    return new ServiceRoutes.Facts(
        Build.release(),
        identity.mode(),
        build::json,
        checkpointer::publishedSize,
        policies.areSigned(),
        () -> active(policies),
        () -> policies.notRecalled(TenantId.DEFAULT),
        metrics::scrape);
  }

  private URI listen(
      ServerConfig config, Operations operations, ServerMetrics metrics, SecureRandom random) {
    var router =
        new Router(
            operations.routes(),
            identity.authentication(),
            metrics,
            random,
            System::nanoTime,
            new FcProblems());
    HttpServer server = HttpServer.start(config.host(), config.port(), router);
    closing.push(server::close);
    closing.push(operations.events()::close);
    return server.uri();
  }

  private static RunWatcher watcher(ServerMetrics metrics, boolean tracing) {
    if (!tracing) {
      return metrics;
    }
    var spans = new StepSpans();
    return (run, events) -> {
      metrics.happened(run, events);
      spans.happened(run, events);
    };
  }

  private static List<JsonValue> active(Policies policies) {
    return policies.active(TenantId.DEFAULT).stream().map(PolicyJson::brief).toList();
  }

  /// 32 bytes: a key or a salt.
  private static byte[] secret(SecureRandom random) {
    byte[] secret = new byte[PermitOffice.KEY_BYTES];
    random.nextBytes(secret);
    return secret;
  }

  /// Starts, and listens when it returns.
  ///
  /// @throws StartRefused if the configuration does not allow it
  public static FederationCore start(
      ServerConfig config, Extensions extensions, InstantSource clock) {
    var closing = new ArrayDeque<Runnable>();
    try {
      return new FederationCore(config, extensions, clock, closing);
    } catch (RuntimeException refused) {
      closeAll(closing);
      throw refused;
    }
  }

  /// Where it listens.
  public URI uri() {
    return uri;
  }

  /// All operations it answers.
  List<Route> routes() {
    return routes;
  }

  /// One line that says how it finds out who asks.
  public String identity() {
    return identity.sentence();
  }

  /// Stops: no new requests, those under way finish, a last checkpoint, then the ledger.
  @Override
  public void close() {
    closeAll(closing);
  }

  private static void closeAll(Deque<Runnable> closing) {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }
}
