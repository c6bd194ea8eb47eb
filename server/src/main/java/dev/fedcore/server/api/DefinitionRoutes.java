package dev.fedcore.server.api;

import dev.fedcore.engine.Definitions;
import dev.fedcore.engine.Definitions.Registration;
import dev.fedcore.engine.definition.WorkflowDefinition;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Cursors;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.kernel.identity.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Workflow definitions: register one, read those there are.
public final class DefinitionRoutes {

  private static final String ALL = "/workflows/definitions";

  private final Definitions definitions;

  public DefinitionRoutes(Definitions definitions) {
    this.definitions = definitions;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(
        new Route("POST", ALL, Accesses.DEFINE, this::register),
        new Route("GET", ALL, Accesses.READ, this::list),
        new Route("GET", ALL + "/{id}", Accesses.READ, this::newest),
        new Route("GET", ALL + "/{id}/{version}", Accesses.READ, this::one));
  }

  private Response register(Request request) {
    JsonObject document = YamlBodies.object(request);
    Registration registration = register(request.principal(), document);
    WorkflowDefinition definition = sound(registration);
    int status = registration instanceof Registration.Registered ? 201 : 200;
    return Response.json(status, json(definition)).with("Location", location(definition));
  }

  /// Registers `document`, and says what is wrong with it if that is so.
  ///
  /// @throws ProblemFound 422 with the place
  public Registration register(Principal by, JsonObject document) {
    try {
      return definitions.register(by, document);
    } catch (MalformedInput malformed) {
      throw new ProblemFound(
          Problem.at(ProblemKind.DEFINITION_INVALID, malformed.pointer(), malformed.problem()));
    }
  }

  /// The definition that is registered now.
  ///
  /// @throws ProblemFound 409 if its name and version mean another
  public static WorkflowDefinition sound(Registration registration) {
    return switch (registration) {
      case Registration.Registered(var definition) -> definition;
      case Registration.AlreadyThere(var definition) -> definition;
      case Registration.Conflict(var existing) ->
          throw new ProblemFound(
              Problem.of(
                      ProblemKind.DEFINITION_EXISTS,
                      "%s %s is registered with another content; use a new version"
                          .formatted(existing.ref().id(), existing.ref().version()))
                  .with("definition_hash", new JsonString(existing.ref().hash().hex())));
    };
  }

  private Response list(Request request) {
    String after = Cursors.read(request, position -> position).orElse("");
    Definitions.Page page = definitions.page(request.principal().tenant(), after);
    List<JsonValue> all =
        page.definitions().stream().<JsonValue>map(DefinitionRoutes::json).toList();
    JsonValue next =
        page.next().<JsonValue>map(end -> new JsonString(Cursors.write(end))).orElse(JsonNull.NULL);
    return Response.json(
        200,
        JsonObject.builder()
            .put("definitions", new JsonArray(all))
            .put("next_cursor", next)
            .build());
  }

  private Response newest(Request request) {
    return found(request, request.parameter("id"), Optional.empty());
  }

  private Response one(Request request) {
    return found(request, request.parameter("id"), Optional.of(request.parameter("version")));
  }

  /// What a run of that name would follow, so a server that lets runs name unknown workflows shows
  /// what it would take for one.
  private Response found(Request request, String id, Optional<String> version) {
    return definitions
        .find(request.principal().tenant(), id, version)
        .map(found -> Response.json(200, json(found)))
        .orElseThrow(() ->
            new ProblemFound(
                Problem.of(ProblemKind.UNKNOWN_DEFINITION, "there is no such definition")));
  }

  private static String location(WorkflowDefinition definition) {
    return ALL + "/" + definition.ref().id() + "/" + definition.ref().version();
  }

  private static JsonObject json(WorkflowDefinition definition) {
    return JsonObject.builder()
        .put("id", definition.ref().id())
        .put("version", definition.ref().version())
        .put("definition_hash", definition.ref().hash().hex())
        .put("execution", definition.execution().name().toLowerCase(Locale.ROOT))
        .put("builtin", definition.builtIn())
        .put("definition", definition.document())
        .build();
  }
}
