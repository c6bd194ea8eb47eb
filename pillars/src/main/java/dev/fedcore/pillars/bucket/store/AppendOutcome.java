package dev.fedcore.pillars.bucket.store;

import java.util.List;

/// How an append went. Refusals are normal answers; after one, nothing was written.
public sealed interface AppendOutcome {

  /// Everything is in its chain, durably, in the order of the drafts.
  record Kept(List<Place> places) implements AppendOutcome {
    public Kept {
      places = List.copyOf(places);
    }
  }

  /// The requester has used this id before, for something else.
  record IdReused(String id) implements AppendOutcome {}

  /// The quota of a product, or that of all together, is used up.
  record Full(String product, long usedBytes, long quotaBytes) implements AppendOutcome {}

  /// There would be one product too many.
  record TooManyProducts(int productsMax) implements AppendOutcome {}

  /// Where an entry stands.
  ///
  /// @param repeated whether it was there already, the same
  record Place(String id, long seq, String hash, String product, boolean repeated) {}
}
