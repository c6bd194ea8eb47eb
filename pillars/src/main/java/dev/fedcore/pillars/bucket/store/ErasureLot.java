package dev.fedcore.pillars.bucket.store;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import java.util.List;

/// Entries whose content goes in one transaction, with the entry that says so.
///
/// @param columns by which that entry is found
/// @param members of that entry
record ErasureLot(Draft.Columns columns, JsonObject members, List<Found> found) {

  ErasureLot {
    found = List.copyOf(found);
  }

  /// One entry.
  ///
  /// @param isRequester whether its requester is the person, so that the name goes, too
  /// @param isInId whether its id goes, which names the person or belongs to a name that goes
  record Found(Chain chain, long seq, boolean isRequester, boolean isInId) {}

  ErasureLot with(List<Found> others) {
    return new ErasureLot(columns, members, others);
  }

  /// The entry that says which ones went.
  Draft draft() {
    var erased = JsonObject.builder();
    for (Chain chain : Chain.values()) {
      List<JsonValue> numbers =
          found.stream()
              .filter(each -> each.chain() == chain)
              .<JsonValue>map(each -> JsonNumber.of(each.seq()))
              .toList();
      erased.put(chain.table(), new JsonArray(numbers));
    }
    return Draft.ofErasure(columns, members, erased.build());
  }
}
