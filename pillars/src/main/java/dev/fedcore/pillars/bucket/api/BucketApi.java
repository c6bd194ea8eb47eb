package dev.fedcore.pillars.bucket.api;

import dev.fedcore.http.Route;
import dev.fedcore.pillars.bucket.governance.BucketLimits;
import dev.fedcore.pillars.bucket.governance.StorageStatus;
import dev.fedcore.pillars.bucket.store.BucketStore;
import dev.fedcore.pillars.bucket.store.Totals;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// Puts the operations of Bucket together over one store.
public final class BucketApi {

  private final BucketStore store;
  private final BucketLimits limits;
  private final Refusals refusals = new Refusals();
  private final List<Route> routes;

  /// @param settings how callers are believed, and what is switched on
  /// @param openApi the description of these very routes
  public BucketApi(
      BucketStore store,
      BucketLimits limits,
      InstantSource clock,
      Settings settings,
      byte[] openApi) {
    this.store = store;
    this.limits = limits;
    var incidents = new Incidents(store, clock);
    var callers = new Callers(settings.trusted(), incidents);
    var services = new Services(store, limits, clock, callers, incidents);
    var integrations = new Integrations(services);
    var violations = new Violations(services);
    this.routes =
        Stream.of(
                new EventRoutes(services, settings.workflowEvents()).routes(),
                new EventReads(services, refusals).routes(),
                new PranaRoutes(services).routes(),
                new AuditRoutes(services).routes(),
                new ErasureRoutes(store, List.of(integrations::forget, violations::forget))
                    .routes(),
                new GateRoutes(services, integrations).routes(),
                new ThreatRoutes(services).routes(),
                new ConstitutionRoutes(services, violations).routes(),
                new HealthRoutes(settings.version(), this::facts, integrations, openApi).routes())
            .flatMap(List::stream)
            .map(refusals::counted)
            .toList();
  }

  /// How Bucket is started.
  ///
  /// @param trusted whether the listener is on loopback without authentication, so that a stated
  ///   `requester_id` is believed
  /// @param workflowEvents whether `/workflow/write-event` takes events (`WORKFLOW_EVENTS_ENABLED`)
  /// @param version of the program, for `/health`
  public record Settings(boolean trusted, boolean workflowEvents, String version) {}

  /// All operations.
  public List<Route> routes() {
    return routes;
  }

  /// The numbers of this moment.
  public BucketFacts facts() {
    Totals totals = store.totals();
    return new BucketFacts(
        totals.events(),
        totals.audits(),
        store.agents(),
        totals.bytes(),
        limits.storageBytes(),
        StorageStatus.of(totals.bytes(), limits),
        refusals.counts(),
        store.commits());
  }
}
