package dev.fedcore.cli.screen;

import dev.fedcore.cli.client.Answer;
import dev.fedcore.cli.client.FedcoreClient;
import dev.fedcore.cli.client.JsonView;
import dev.fedcore.engine.definition.References;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.Optional;

/// What an approval will set off: the action after the gate, with its parameters filled in from the
/// run as the server itself fills them in.
public record GatedAction(FedcoreClient client) {

  /// `{"type","parameters","decision","input_payload","actor_id","workflow_id"}`; what cannot be
  /// found out is missing.
  public JsonObject of(JsonView gate) {
    JsonView run = get("/workflows/runs/" + FedcoreClient.encoded(gate.text("run_id")));
    var action =
        JsonObject.builder()
            .put("workflow_id", run.text("workflow_id"))
            .put("actor_id", run.text("actor_id"))
            .put("decision", decision(run).object())
            .put("input_payload", run.object("input_payload").object());
    acting(gate, run)
        .ifPresent(step -> {
          JsonObject scope = scope(run);
          JsonView asked = step.object("action");
          resolve(new JsonString(asked.text("type")), scope).ifPresent(v -> action.put("type", v));
          resolve(asked.object().get("parameters").orElse(JsonObject.EMPTY), scope)
              .ifPresent(v -> action.put("parameters", v));
        });
    return action.build();
  }

  /// The newest flag among the run's decisions.
  private static JsonView decision(JsonView run) {
    return run.objects("steps").stream()
        .map(step -> step.object("decision"))
        .filter(decision -> decision.text("decision").equals("flag"))
        .reduce((_, later) -> later)
        .orElse(new JsonView(JsonObject.EMPTY));
  }

  /// The first ACT step at or after the gate's own.
  private Optional<JsonView> acting(JsonView gate, JsonView run) {
    String path =
        "/workflows/definitions/%s/%s"
            .formatted(
                FedcoreClient.encoded(run.text("workflow_id")),
                FedcoreClient.encoded(run.text("workflow_version")));
    return get(path).object("definition").objects("steps").stream()
        .dropWhile(step -> !step.text("id").equals(gate.text("step_id")))
        .filter(step -> step.has("action"))
        .findFirst();
  }

  private static JsonObject scope(JsonView run) {
    var steps = JsonObject.builder();
    for (JsonView step : run.objects("steps")) {
      JsonValue output = step.object().get("output").orElse(JsonNull.NULL);
      if (output instanceof JsonObject) {
        steps.put(step.text("step_id"), JsonObject.builder().put("output", output).build());
      }
    }
    return JsonObject.builder()
        .put("input", run.object("input_payload").object())
        .put("steps", steps.build())
        .build();
  }

  private static Optional<JsonValue> resolve(JsonValue template, JsonObject scope) {
    try {
      return References.resolve(template, scope);
    } catch (MalformedInput _) {
      return Optional.empty();
    }
  }

  private JsonView get(String path) {
    Answer answer = client.get(path);
    return answer.succeeded() ? answer.json() : new JsonView(JsonObject.EMPTY);
  }
}
