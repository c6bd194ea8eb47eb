package dev.fedcore.pillars.bucket.api;

import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.pillars.bucket.store.AppendOutcome;
import dev.fedcore.pillars.bucket.store.AppendOutcome.Place;
import dev.fedcore.pillars.bucket.store.BucketStore;
import dev.fedcore.pillars.bucket.store.Draft;
import dev.fedcore.pillars.bucket.threat.Pattern;
import dev.fedcore.pillars.bucket.threat.ThreatFinding;
import java.util.List;
import java.util.Optional;

/// Appends, and says as a problem why something was not appended.
record Appending(BucketStore store) {

  /// @throws ProblemFound if the store does not take the drafts; then none of them is in it
  List<Place> append(List<Draft> drafts) {
    return switch (store.append(drafts)) {
      case AppendOutcome.Kept(List<Place> places) -> places;
      case AppendOutcome.IdReused(String id) ->
          throw new ProblemFound(
              Problem.of(
                  BucketProblem.EVENT_ID_REUSED,
                  "the id %s was used for something else; take a new one".formatted(id)));
      case AppendOutcome.Full(String product, long used, long quota) ->
          throw new ProblemFound(full(product, used, quota));
      case AppendOutcome.TooManyProducts(int max) ->
          throw new ProblemFound(
              Problem.of(
                  BucketProblem.PRODUCT_LIMIT_REACHED,
                  "there are %d products already; use one of them".formatted(max)));
    };
  }

  private static Problem full(String product, long used, long quota) {
    String detail =
        "writes are halted: %,d of %,d bytes are used (asked for the product %s)"
            .formatted(used, quota, product);
    var finding = new ThreatFinding(Pattern.STORAGE_NEAR_QUOTA, detail);
    return Incidents.problem(BucketProblem.STORAGE_QUOTA_REACHED, detail, Optional.of(finding))
        .with("used_bytes", JsonNumber.of(used))
        .with("quota_bytes", JsonNumber.of(quota));
  }
}
