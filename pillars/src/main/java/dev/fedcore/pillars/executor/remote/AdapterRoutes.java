package dev.fedcore.pillars.executor.remote;

import dev.fedcore.engine.adapter.ActionForm.Action;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.adapter.Permit;
import dev.fedcore.engine.adapter.PermitJson;
import dev.fedcore.engine.adapter.PermitRefused;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.Access;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.kernel.identity.Role;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Offers adapters to Federation Core. Whoever calls without its permit is refused by the adapter
/// itself, before anything leaves.
public final class AdapterRoutes {

  private static final Access ACT = Access.needs("workflow:write", Role.EXECUTOR);

  private final Map<String, Adapter> adapters;

  public AdapterRoutes(Collection<? extends Adapter> adapters) {
    this.adapters =
        adapters.stream().collect(Collectors.toUnmodifiableMap(Adapter::type, Function.identity()));
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(
        new Route("GET", "/adapters", new Access.Open(), this::list),
        new Route("POST", "/adapters/{type}/executions", ACT, this::execute),
        new Route("POST", "/adapters/{type}/lookups", ACT, this::find));
  }

  private Response list(Request request) {
    List<JsonValue> shown =
        adapters.values().stream()
            .sorted((a, b) -> a.type().compareTo(b.type()))
            .<JsonValue>map(adapter ->
                JsonObject.builder()
                    .put("action_type", adapter.type())
                    .put("version", adapter.version())
                    .put("dry_run", adapter.isDryRun())
                    .build())
            .toList();
    return Response.json(200, JsonObject.builder().put("adapters", new JsonArray(shown)).build());
  }

  private Response execute(Request request) {
    JsonFields fields = Bodies.fields(Bodies.object(request));
    Permit permit = PermitJson.read(fields.object("permit"), fields.pointer("permit"));
    JsonFields wanted = JsonFields.of(fields.object("action"), fields.pointer("action"));
    var action = new Action(wanted.string("target"), wanted.object("parameters"));
    wanted.end();
    fields.end();
    try {
      AdapterOutcome outcome = adapter(request).execute(permit, action);
      return Response.json(200, Wire.of(outcome));
    } catch (PermitRefused refused) {
      throw new ProblemFound(
          Problem.of(ProblemKind.PERMIT_REFUSED, String.valueOf(refused.getMessage())));
    }
  }

  private Response find(Request request) {
    JsonFields fields = Bodies.fields(Bodies.object(request));
    String effectKey = fields.string("effect_key");
    fields.end();
    return Response.json(200, Wire.of(adapter(request).find(effectKey)));
  }

  private Adapter adapter(Request request) {
    Adapter adapter = adapters.get(request.parameter("type"));
    if (adapter == null) {
      throw new ProblemFound(
          Problem.of(
              ProblemKind.UNKNOWN_ROUTE,
              "no adapter of that type; known: " + String.join(", ", adapters.keySet())));
    }
    return adapter;
  }
}
