package dev.fedcore.server;

import dev.fedcore.engine.adapter.Observer;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.kernel.identity.TenantId;
import java.util.List;

/// The registry of a server that no agent registers with: it finds none.
public final class NoAgents implements Observer {

  @Override
  public String source() {
    return "registry";
  }

  @Override
  public JsonObject look(TenantId tenant, JsonObject parameters) {
    var fields = JsonFields.of(parameters, "/parameters");
    fields.optionalString("capability");
    fields.end();
    return JsonObject.builder().put("agents", new JsonArray(List.of())).put("total", 0).build();
  }
}
