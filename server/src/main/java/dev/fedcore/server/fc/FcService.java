package dev.fedcore.server.fc;

import dev.fedcore.engine.Definitions.Registration;
import dev.fedcore.engine.definition.WorkflowDefinition;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.server.api.Accesses;
import dev.fedcore.server.api.DefinitionRoutes;
import dev.fedcore.server.api.ServiceRoutes;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Registration of workflows and health, as the published client knows them.
public final class FcService {

  private final DefinitionRoutes definitions;
  private final ServiceRoutes service;
  private final Function<byte[], JsonObject> yaml;

  /// Registers what `definitions` does.
  ///
  /// @param yaml reads a YAML document strictly
  public FcService(
      DefinitionRoutes definitions, ServiceRoutes service, Function<byte[], JsonObject> yaml) {
    this.definitions = definitions;
    this.service = service;
    this.yaml = yaml;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(
        new Route("POST", "/api/fc/workflows/register", Accesses.DEFINE, this::register),
        new Route("GET", "/api/fc/health", Accesses.OPEN, service::health));
  }

  private Response register(Request request) {
    JsonFields fields = JsonFields.of(Bodies.object(request), "");
    String text = fields.string("workflow_yaml");
    Optional<String> id = fields.optionalString("workflow_id");
    Optional<String> version = fields.optionalString("version");
    fields.optionalString("prompts_poml");
    fields.optionalObject("schemas");
    fields.end();
    JsonObject document = yaml.apply(text.getBytes(StandardCharsets.UTF_8));
    mustAgree(document, "id", id, "/workflow_id");
    mustAgree(document, "version", version, "/version");
    Registration registration = definitions.register(request.principal(), document);
    WorkflowDefinition definition = DefinitionRoutes.sound(registration);
    return Response.json(
        201,
        JsonObject.builder()
            .put("workflow_id", definition.ref().id())
            .put("version", definition.ref().version())
            .put("artifact_hashes", hashes(definition, text))
            .put("idempotent", registration instanceof Registration.AlreadyThere)
            .build());
  }

  private static JsonObject hashes(WorkflowDefinition definition, String text) {
    return JsonObject.builder()
        .put("definition", definition.ref().hash().hex())
        .put("workflow_yaml", Sha256.hex(text.getBytes(StandardCharsets.UTF_8)))
        .build();
  }

  private static void mustAgree(
      JsonObject document, String member, Optional<String> stated, String pointer) {
    if (stated.isPresent()
        && !document.get(member).equals(Optional.of(new JsonString(stated.get())))) {
      throw new MalformedInput(pointer, "differs from the document's " + member);
    }
  }
}
