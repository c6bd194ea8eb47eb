package dev.fedcore.pillars.bucket.api;

import dev.fedcore.evidence.json.JsonBoolean;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.Request;
import dev.fedcore.http.limit.RateLimit;
import dev.fedcore.pillars.bucket.event.Product;
import dev.fedcore.pillars.bucket.governance.ActorType;
import dev.fedcore.pillars.bucket.store.AppendOutcome;
import dev.fedcore.pillars.bucket.store.AppendOutcome.Place;
import dev.fedcore.pillars.bucket.store.BucketStore;
import dev.fedcore.pillars.bucket.threat.ThreatFinding;
import dev.fedcore.sqlite.StoreUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What becomes of an attempt that is not allowed: it is refused, written down, and, from an AI
/// actor that does not stop, answered with a pause. Safe for use by many threads.
final class Incidents {

  private static final Logger LOG = LoggerFactory.getLogger(Incidents.class);

  /// The most refusals that are written down in a second, so that a flood of them cannot fill the
  /// storage. All are counted.
  static final int KEPT_PER_SECOND = 10;

  /// After so many attempts within [#COOLING] an AI actor is cooled off.
  static final int ATTEMPTS_MAX = 3;

  /// How long an attempt is remembered.
  static final Duration COOLING = Duration.ofHours(1);

  /// The most actors whose attempts are remembered; beyond, the oldest memory is given up.
  private static final int ACTORS_MAX = 1_000;

  private final BucketStore store;
  private final InstantSource clock;
  private final RateLimit kept;
  private final Map<String, List<Instant>> attempts = new ConcurrentHashMap<>();

  Incidents(BucketStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.kept = new RateLimit(KEPT_PER_SECOND, clock);
  }

  /// The refusal of an attempt, which by then is written down.
  ProblemFound refuse(
      Caller caller,
      Request request,
      BucketProblem kind,
      String detail,
      Optional<ThreatFinding> finding) {
    if (caller.type() == ActorType.AI_AGENT) {
      remember(caller.name());
    }
    write(
        new AuditRecord(Product.OWN, caller, "ACCESS_REFUSED", request.route().pattern())
            .status("blocked")
            .error(detail)
            .after(finding.map(ThreatFinding::json)));
    return new ProblemFound(problem(kind, detail, finding));
  }

  /// Writes an incident down, unless there are too many, or the store does not answer: what was
  /// refused stays refused.
  ///
  /// @return its place; empty if it was not written
  Optional<Place> write(AuditRecord incident) {
    if (!kept.take("incidents", 1)) {
      return Optional.empty();
    }
    try {
      return switch (store.append(List.of(incident.draft()))) {
        case AppendOutcome.Kept(List<Place> places) -> Optional.of(places.getFirst());
        case AppendOutcome.IdReused _, AppendOutcome.Full _, AppendOutcome.TooManyProducts _ ->
            Optional.empty();
      };
    } catch (StoreUnavailable unavailable) {
      LOG.warn("event=incident_not_kept why=\"{}\"", unavailable.getMessage());
      return Optional.empty();
    }
  }

  /// Refuses an AI actor that has tried too often.
  void requireCool(Caller caller) {
    List<Instant> known = attempts.getOrDefault(caller.name(), List.of());
    if (recent(known).size() >= ATTEMPTS_MAX) {
      throw new ProblemFound(
          Problem.of(
                  BucketProblem.COOLING_OFF,
                  "%s asked too often for what it may not do".formatted(caller.name()))
              .withHeader("Retry-After", Long.toString(COOLING.toSeconds())));
    }
  }

  static Problem problem(BucketProblem kind, String detail, Optional<ThreatFinding> finding) {
    Problem problem = Problem.of(kind, detail);
    if (finding.isEmpty()) {
      return problem;
    }
    JsonObject json = finding.get().json();
    return problem
        .with("threat", new JsonString(finding.get().threat().name()))
        .with("message", new JsonString(finding.get().description()))
        .with("escalation_required", new JsonBoolean(finding.get().mustEscalate()))
        .with("finding", json);
  }

  private void remember(String actor) {
    if (attempts.size() >= ACTORS_MAX && !attempts.containsKey(actor)) {
      attempts.values().removeIf(times -> recent(times).isEmpty());
      attempts.keySet().stream()
          .limit(Math.max(0, attempts.size() - ACTORS_MAX + 1))
          .toList()
          .forEach(attempts::remove);
    }
    attempts.merge(
        actor,
        List.of(clock.instant()),
        (earlier, now) -> {
          var all = new ArrayList<>(recent(earlier));
          all.addAll(now);
          return List.copyOf(all.subList(Math.max(0, all.size() - ATTEMPTS_MAX), all.size()));
        });
  }

  private List<Instant> recent(List<Instant> times) {
    Instant from = clock.instant().minus(COOLING);
    return times.stream().filter(time -> time.isAfter(from)).toList();
  }
}
