package dev.fedcore.server.api;

import dev.fedcore.engine.adapter.PermitJson;
import dev.fedcore.engine.adapter.PermitRefused;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.kernel.identity.Digest;
import java.util.List;

/// Where an adapter in another process hands its permit in.
public final class PermitRoutes {

  private final Permits office;

  public PermitRoutes(Permits office) {
    this.office = office;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(new Route("POST", "/permits/redemptions", Accesses.REDEEM, this::redeem));
  }

  /// `204` when the permit is used up now, `403` when it is no leave for this action.
  private Response redeem(Request request) {
    JsonFields fields = Bodies.fields(Bodies.object(request));
    var permit = PermitJson.read(fields.object("permit"), fields.pointer("permit"));
    Digest action = action(fields);
    fields.end();
    try {
      office.redeem(permit, action);
      return Response.noContent();
    } catch (PermitRefused refused) {
      throw new ProblemFound(
          Problem.of(ProblemKind.PERMIT_REFUSED, String.valueOf(refused.getMessage())));
    }
  }

  private static Digest action(JsonFields fields) {
    try {
      return new Digest(fields.string("action"));
    } catch (IllegalArgumentException e) {
      throw new MalformedInput(fields.pointer("action"), "must be a SHA-256 in hexadecimal");
    }
  }
}
