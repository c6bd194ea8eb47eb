package dev.fedcore.pillars.karma.rules;

import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;

/// One value that an event changed, and why: what a profile explains itself with.
///
/// @param what such as `balances.DharmaPoints` or `q.learner.workflow_success`
/// @param why one word, such as `reward`
public record Change(String what, JsonValue before, JsonValue after, String why) {

  static Change of(String what, double before, double after, String why) {
    return new Change(what, JsonNumber.of(before), JsonNumber.of(after), why);
  }

  static Change of(String what, String before, String after, String why) {
    return new Change(what, new JsonString(before), new JsonString(after), why);
  }

  /// Whether anything changed at all.
  boolean isReal() {
    return !before.equals(after);
  }

  public JsonObject json() {
    return JsonObject.builder()
        .put("what", what)
        .put("old", before)
        .put("new", after)
        .put("why", why)
        .build();
  }
}
