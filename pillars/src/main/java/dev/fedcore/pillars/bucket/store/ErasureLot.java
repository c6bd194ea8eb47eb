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
record ErasureLot(String subject, Draft.Columns columns, JsonObject members, List<Found> found) {

  ErasureLot {
    found = List.copyOf(found);
  }

  /// One entry.
  ///
  /// @param isIdTheirs whether the id or the requester is the person, so that it goes, too
  record Found(Chain chain, long seq, boolean isIdTheirs) {}

  ErasureLot with(List<Found> others) {
    return new ErasureLot(subject, columns, members, others);
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
