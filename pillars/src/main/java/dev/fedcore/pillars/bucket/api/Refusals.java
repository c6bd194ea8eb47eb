package dev.fedcore.pillars.bucket.api;

import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Handler;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Route;
import dev.fedcore.sqlite.StoreUnavailable;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/// Counts what was refused, by its code. Safe for use by many threads.
final class Refusals {

  private static final String RETRY_AFTER_SECONDS = "1";

  private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

  /// The same route; its refusals are counted, and a store that does not answer is a 503.
  Route counted(Route route) {
    Handler handler = route.handler();
    return new Route(
        route.method(),
        route.pattern(),
        route.access(),
        request -> {
          try {
            return handler.handle(request);
          } catch (ProblemFound found) {
            count(found.problem().kind().code());
            throw found;
          } catch (MalformedInput malformed) {
            count(ProblemKind.MALFORMED_REQUEST.code());
            throw malformed;
          } catch (StoreUnavailable unavailable) {
            count(BucketProblem.STORE_UNAVAILABLE.code());
            throw new ProblemFound(unavailable());
          }
        });
  }

  /// How often each code was answered since the start.
  Map<String, Long> counts() {
    var all = new TreeMap<String, Long>();
    counts.forEach((code, count) -> all.put(code, count.sum()));
    return all;
  }

  private void count(String code) {
    counts.computeIfAbsent(code, _ -> new LongAdder()).increment();
  }

  private static Problem unavailable() {
    return Problem.of(
            BucketProblem.STORE_UNAVAILABLE,
            "the store does not answer; send the same again with the same event_id")
        .withHeader("Retry-After", RETRY_AFTER_SECONDS);
  }
}
