package dev.fedcore.engine.erasure;

import dev.fedcore.engine.disclosure.Disclosed;
import dev.fedcore.engine.ledger.GateRow;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonBoolean;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What readers see of a run and its gates once a person has been erased from them. Hashes, times,
/// decisions and statuses stay; payloads go whole, since a payload with a hole has another hash.
final class ErasedViews {

  /// A view holds a run's input and all outputs, so it may be much larger than a request.
  private static final JsonLimits LIMITS = new JsonLimits(64 << 20, 128, 1_000_000);

  private static final JsonString ERASED = new JsonString(Disclosed.ERASED);

  /// Words of people in a gate's view and its votes.
  private static final Set<String> WORDS =
      Set.of("comment", "description", "gate_name", "override_reason", "rejection_reason");

  private final Mentions mentions;
  private final boolean isWhole;
  private final List<String> payloads = new ArrayList<>();

  /// @param isWhole whether the run was about the person, so that all of its payloads and words go
  ErasedViews(Mentions mentions, boolean isWhole) {
    this.mentions = mentions;
    this.isWhole = isWhole;
  }

  static JsonObject parse(Payload view) {
    return JsonReader.readObject(view.utf8(), LIMITS);
  }

  /// The hashes of the payloads that are gone from the views made so far.
  List<String> payloads() {
    return payloads;
  }

  RunRow of(RunRow row, String actor) {
    JsonObject view = parse(row.view());
    int before = payloads.size();
    var steps = new ArrayList<JsonValue>();
    for (JsonValue step : ((JsonArray) view.get("steps").orElse(JsonArray.EMPTY)).items()) {
      steps.add(step((JsonObject) step));
    }
    JsonObject rest =
        without(view, "input_payload", "input_hash")
            .with("output_payload", kept(view, "output_payload"))
            .with("steps", new JsonArray(steps))
            .with("erased", new JsonBoolean(true));
    if (isWhole || payloads.size() > before) {
      rest = rest.with("payload_salt", JsonNull.NULL);
    }
    if (isWhole) {
      rest =
          rest.with("correlation_id", JsonNull.NULL)
              .with("error_details", JsonObject.EMPTY)
              .with("metadata", JsonObject.EMPTY)
              .with("tags", JsonArray.EMPTY);
    }
    return new RunRow(
        row.run(),
        row.tenant(),
        row.workflowId(),
        row.status(),
        actor,
        row.version(),
        row.atWork(),
        row.createdAt(),
        row.updatedAt(),
        new Payload(mentions.erasedFrom(rest).canonicalBytes()));
  }

  GateRow of(GateRow row) {
    JsonObject view = parse(row.view());
    var votes = new ArrayList<JsonValue>();
    for (JsonValue vote : ((JsonArray) view.get("votes").orElse(JsonArray.EMPTY)).items()) {
      boolean goes = isWhole || mentions.in(vote);
      votes.add(goes ? wordless((JsonObject) vote) : vote);
    }
    boolean goes = isWhole || mentions.in("requested_by", member(view, "requested_by"));
    JsonObject kept = (goes ? wordless(view) : view).with("votes", new JsonArray(votes));
    if (!votes.isEmpty() && mentions.in(((JsonArray) member(view, "votes")).items().getLast())) {
      kept = kept.with("rejection_reason", gone(member(view, "rejection_reason")));
    }
    return new GateRow(
        row.gate(),
        row.run(),
        row.tenant(),
        row.status(),
        row.openedAt(),
        row.expiresAt(),
        new Payload(mentions.erasedFrom(kept).canonicalBytes()));
  }

  private JsonObject step(JsonObject step) {
    JsonObject rest = without(step, "output", "output_hash");
    if (isWhole) {
      rest = rest.with("effect_ref", gone(member(step, "effect_ref")));
    }
    if (isWhole && member(step, "decision") instanceof JsonObject decision) {
      rest = rest.with("decision", decision.with("reason", ERASED));
    }
    return member(step, "error") instanceof JsonObject error && (isWhole || mentions.in(error))
        ? rest.with("error", error.with("message", ERASED))
        : rest;
  }

  private JsonObject without(JsonObject holder, String payload, String hash) {
    JsonValue value = member(holder, payload);
    JsonValue kept = kept(holder, payload);
    if (!kept.equals(value) && member(holder, hash) instanceof JsonString(String hex)) {
      payloads.add(hex);
    }
    return holder.with(payload, kept);
  }

  private JsonValue kept(JsonObject holder, String payload) {
    JsonValue value = member(holder, payload);
    return isWhole || mentions.in(value) ? JsonNull.NULL : value;
  }

  private static JsonObject wordless(JsonObject view) {
    JsonObject rest = view;
    for (String name : WORDS) {
      if (view.get(name).isPresent()) {
        rest = rest.with(name, gone(member(view, name)));
      }
    }
    return rest;
  }

  private static JsonValue gone(JsonValue value) {
    return value instanceof JsonNull ? value : ERASED;
  }

  private static JsonValue member(JsonObject object, String name) {
    return object.get(name).orElse(JsonNull.NULL);
  }
}
