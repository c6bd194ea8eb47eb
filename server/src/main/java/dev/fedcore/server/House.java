package dev.fedcore.server;

import dev.fedcore.adapters.whatsapp.WhatsappWebhook;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.engine.outbox.Destination;
import dev.fedcore.engine.outbox.Subscription;
import dev.fedcore.http.ProblemForm;
import dev.fedcore.http.Route;
import dev.fedcore.http.client.Credentials;
import dev.fedcore.http.client.ServiceClient;
import dev.fedcore.pillars.bucket.Bucket;
import dev.fedcore.pillars.bucket.api.BucketApi;
import dev.fedcore.pillars.bucket.governance.BucketLimits;
import dev.fedcore.pillars.core.Core;
import dev.fedcore.pillars.core.CoreSettings;
import dev.fedcore.pillars.core.chat.ChatSettings;
import dev.fedcore.pillars.core.chat.SettingsRefused;
import dev.fedcore.pillars.executor.ExecutorRoutes;
import dev.fedcore.pillars.executor.ExecutorSettings;
import dev.fedcore.pillars.executor.remote.AdapterRoutes;
import dev.fedcore.pillars.executor.remote.RecordRoutes;
import dev.fedcore.pillars.executor.remote.RemotePermits;
import dev.fedcore.pillars.executor.telemetry.ExecutionNews;
import dev.fedcore.pillars.executor.telemetry.NewsDestination;
import dev.fedcore.pillars.karma.Karma;
import dev.fedcore.pillars.karma.KarmaSettings;
import dev.fedcore.policy.BuiltInBundles;
import dev.fedcore.server.api.TaskRoutes;
import dev.fedcore.server.erasure.PeopleService;
import dev.fedcore.server.identity.ServiceTokens;
import dev.fedcore.server.metrics.ExecutionMeters;
import dev.fedcore.server.metrics.ServerMetrics;
import dev.fedcore.server.status.PillarWatch.Pillar;
import dev.fedcore.server.trace.Collector;
import dev.fedcore.server.webhook.WhatsappRoutes;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// All services of one process, started in the seed's order and stopped in the reverse. They talk
/// over HTTP, also when they are neighbours.
public final class House implements AutoCloseable {

  /// As Bucket and Karma know the executor.
  private static final String EXECUTOR = "workflow_executor";

  private final ServerConfig config;
  private final Surroundings surroundings;
  private final InstantSource clock;
  private final Identity identity;
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private final Map<Role, URI> listening = new EnumMap<>(Role.class);

  private House(ServerConfig config, Surroundings surroundings, InstantSource clock) {
    this.config = config;
    this.surroundings = surroundings;
    this.clock = clock;
    this.identity = Identity.of(config, clock);
  }

  /// Starts; everything listens when it returns.
  ///
  /// @param told who is told of every entry
  /// @throws StartRefused if the configuration does not allow it
  public static House start(
      ServerConfig config, Surroundings surroundings, List<Destination> told, InstantSource clock) {
    var house = new House(config, surroundings, clock);
    try {
      house.collect();
      for (Role role : Role.values()) {
        if (surroundings.is(role)) {
          house.listening.put(role, house.start(role, told));
        }
      }
      return house;
    } catch (RuntimeException refused) {
      house.close();
      throw refused;
    }
  }

  /// Where each service of this process listens, in the order in which they were started.
  public Map<Role, URI> listening() {
    return listening;
  }

  /// One line that says how it finds out who asks.
  public String identity() {
    return identity.sentence();
  }

  /// One line that says whether policy bundles must be signed.
  public String bundles() {
    return surroundings
        .text(PolicyKeyFile.VARIABLE)
        .map(file -> "policies: signed by one of the keys in " + file)
        .orElse("policies: without --policy-keys, bundles need no signature");
  }

  /// Stops: no new requests, those under way finish, then what they stood on.
  @Override
  public void close() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }

  /// Sends spans to a collector, where one is configured.
  private void collect() {
    surroundings
        .text(Surroundings.COLLECTOR)
        .ifPresent(endpoint -> {
          String service = surroundings.text("OTEL_SERVICE_NAME").orElse("fedcore");
          Collector collector = Collector.start(endpoint, service);
          closing.push(collector::close);
        });
  }

  private URI start(Role role, List<Destination> told) {
    return switch (role) {
      case KARMA -> karma();
      case BUCKET -> bucket();
      case CORE -> core();
      case EXECUTOR -> executor();
      case FEDERATION -> federation(told);
    };
  }

  private URI karma() {
    boolean tracking = surroundings.isOn("WORKFLOW_BEHAVIORAL_TRACKING");
    var karma = Karma.open(config.data(), KarmaSettings.DEFAULT.withTracking(tracking), clock);
    closing.push(karma::close);
    return listen(Role.KARMA, karma.routes(), karma.problems(), new ServerMetrics());
  }

  private URI bucket() {
    var settings =
        new BucketApi.Settings(
            identity.isTrusting(),
            surroundings.isOn(Bucket.WORKFLOW_EVENTS_VARIABLE),
            Build.release());
    Bucket bucket = Bucket.open(config.data(), BucketLimits.DEFAULT, clock, settings);
    closing.push(bucket::close);
    return listen(Role.BUCKET, bucket.routes(), Listener.PLAIN, new ServerMetrics());
  }

  private URI core() {
    try {
      var settings =
          new CoreSettings(
              surroundings.at(Role.EXECUTOR, config.host()),
              surroundings.timeout(),
              surroundings.isOn("ENABLE_WORKFLOW_EXECUTION"),
              surroundings.known(Role.BUCKET, config.host()),
              credentials(CoreSettings.ACTOR),
              ChatSettings.from(surroundings.environment()));
      Core core = Core.open(settings, new SecureRandom(), clock, System::nanoTime);
      closing.push(core::close);
      return listen(Role.CORE, core.routes(), Listener.PLAIN, new ServerMetrics());
    } catch (SettingsRefused refused) {
      throw new StartRefused(String.valueOf(refused.getMessage()));
    }
  }

  private URI executor() {
    var metrics = new ServerMetrics();
    Credentials credentials = credentials(EXECUTOR);
    URI federation = surroundings.at(Role.FEDERATION, config.host());
    var routes = new ArrayList<Route>();
    routes.addAll(
        new ExecutorRoutes(
                new ExecutorSettings(federation, ExecutorSettings.PATIENCE_DEFAULT),
                credentials,
                new ExecutionMeters(metrics),
                clock)
            .routes());
    if (!surroundings.is(Role.FEDERATION)) {
      routes.addAll(acting(federation, credentials));
    }
    return listen(Role.EXECUTOR, routes, Listener.PLAIN, metrics);
  }

  /// Adapters for a Federation Core in another process.
  private List<Route> acting(URI federation, Credentials credentials) {
    Permits permits =
        new RemotePermits(new ServiceClient(federation, surroundings.timeout()), credentials);
    Acting acting = Acting.here(config.data(), permits, surroundings.environment(), clock, closing);
    return Stream.of(
            new AdapterRoutes(acting.adapters()).routes().stream(),
            acting.tasks().stream().flatMap(tasks -> new TaskRoutes(tasks).routes().stream()),
            acting.webhook().stream().flatMap(House::reports),
            new RecordRoutes(acting.records()).routes().stream())
        .flatMap(routes -> routes)
        .toList();
  }

  /// Reports are kept where the adapter is. Federation Core asks it about what is in doubt by
  /// itself.
  private static Stream<Route> reports(WhatsappWebhook webhook) {
    return new WhatsappRoutes(webhook, _ -> {}).routes().stream();
  }

  private URI federation(List<Destination> told) {
    var subscriptions = new ArrayList<Subscription>();
    var destinations = new ArrayList<>(told);
    told.forEach(each -> subscriptions.add(Subscription.toEveryEntry(each.name())));
    Credentials credentials = credentials(EXECUTOR);
    receiver(Role.BUCKET)
        .ifPresent(bucket -> {
          subscriptions.add(ExecutionNews.toBucket());
          destinations.add(NewsDestination.bucket(bucket, credentials));
        });
    receiver(Role.KARMA)
        .ifPresent(karma -> {
          subscriptions.add(ExecutionNews.toKarma());
          destinations.add(NewsDestination.karma(karma, credentials));
        });
    var extensions =
        new Extensions(
            BuiltInBundles.all(),
            subscriptions,
            destinations,
            pillars(),
            people(credentials),
            actingMaker(credentials),
            surroundings.text(Surroundings.COLLECTOR).isPresent(),
            surroundings.text(PolicyKeyFile.VARIABLE).map(PolicyKeyFile::read),
            surroundings.text(WitnessPolicies.VARIABLE).map(WitnessPolicies::read));
    var core = FederationCore.start(config, extensions, clock);
    closing.push(core::close);
    return core.uri();
  }

  private Optional<ServiceClient> receiver(Role role) {
    return known(role).map(url -> new ServiceClient(url, surroundings.timeout()));
  }

  private List<Pillar> pillars() {
    return Arrays.stream(Role.values())
        .filter(role -> role != Role.FEDERATION)
        .flatMap(role ->
            known(role).map(url -> new Pillar(role.word(), url, role.healthPath())).stream())
        .toList();
  }

  private List<PeopleService> people(Credentials credentials) {
    return Stream.of(Role.BUCKET, Role.KARMA)
        .flatMap(role ->
            known(role)
                .map(url ->
                    new PeopleService(
                        role.word(), new ServiceClient(url, PeopleService.ANSWER_MAX), credentials))
                .stream())
        .toList();
  }

  /// Where a service is: where it really listens, if it is in this process.
  private Optional<URI> known(Role role) {
    return Optional.ofNullable(listening.get(role))
        .or(() -> surroundings.known(role, config.host()));
  }

  /// Adapters are the executor's. Where it is in this process, or nobody says where it is, they are
  /// this process's own.
  private ActingMaker actingMaker(Credentials credentials) {
    Optional<URI> elsewhere =
        surroundings.is(Role.EXECUTOR)
            ? Optional.empty()
            : surroundings.known(Role.EXECUTOR, config.host());
    return elsewhere
        .<ActingMaker>map(executor -> (_, _, _, _) -> Acting.at(executor, credentials))
        .orElseGet(() -> ActingMaker.here(surroundings.environment()));
  }

  private Credentials credentials(String service) {
    return config
        .secretKey()
        .<Credentials>map(secret -> new ServiceTokens(secret, service, clock))
        .orElseGet(() -> Credentials.trusted(service));
  }

  private URI listen(Role role, List<Route> routes, ProblemForm problems, ServerMetrics metrics) {
    var listener = new Listener(config.host(), surroundings.port(role), identity.authentication());
    return listener.listen(routes, problems, metrics, closing);
  }
}
