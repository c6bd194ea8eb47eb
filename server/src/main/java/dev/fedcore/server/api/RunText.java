package dev.fedcore.server.api;

import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.kernel.identity.StepId;
import java.util.Optional;

/// Looks into a run's JSON where the whole of it is not to be read.
public final class RunText {

  /// A run may be larger than any one body, since it holds its steps' outputs.
  private static final JsonLimits LIMITS = new JsonLimits(1 << 28, 128, 1 << 24);

  private RunText() {}

  /// The whole run.
  public static JsonObject parse(Payload run) {
    return JsonReader.readObject(run.utf8(), LIMITS);
  }

  /// Whether a worker reports the run's steps.
  static boolean isExternal(Payload run) {
    return parse(run).get("execution").filter(new JsonString("external")::equals).isPresent();
  }

  /// A step of the run, as it is shown.
  static Optional<JsonObject> step(JsonObject run, StepId id) {
    var wanted = new JsonString(id.value());
    return run.get("steps").stream()
        .filter(JsonArray.class::isInstance)
        .flatMap(steps -> ((JsonArray) steps).items().stream())
        .filter(JsonObject.class::isInstance)
        .map(JsonObject.class::cast)
        .filter(step -> step.get("step_id").filter(wanted::equals).isPresent())
        .findFirst();
  }

  /// Whether `actor` is asked to answer the gate: it names them, or nobody.
  public static boolean isFor(Payload gate, String actor) {
    return parse(gate)
        .get("required_approvers")
        .filter(JsonArray.class::isInstance)
        .map(approvers -> ((JsonArray) approvers).items())
        .filter(named -> !named.isEmpty() && !named.contains(new JsonString(actor)))
        .isEmpty();
  }
}
