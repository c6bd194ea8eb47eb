package dev.fedcore.pillars.executor.remote;

import dev.fedcore.engine.adapter.Permit;
import dev.fedcore.engine.adapter.PermitJson;
import dev.fedcore.engine.adapter.PermitRefused;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.http.client.Credentials;
import dev.fedcore.http.client.ServiceClient;
import dev.fedcore.http.client.ServiceClient.Answer;
import dev.fedcore.kernel.identity.Digest;
import java.util.Optional;

/// Federation Core's permit office, asked over HTTP. No answer is no leave.
public final class RemotePermits implements Permits {

  private static final String PATH = "/permits/redemptions";

  private final ServiceClient federation;
  private final Credentials credentials;

  public RemotePermits(ServiceClient federation, Credentials credentials) {
    this.federation = federation;
    this.credentials = credentials;
  }

  @Override
  public void redeem(Permit permit, Digest action) {
    var body =
        JsonObject.builder()
            .put("action", action.hex())
            .put("permit", PermitJson.of(permit))
            .build();
    switch (federation.post(PATH, body, credentials.headers(Optional.empty()))) {
      case Answer.Heard heard when heard.isSuccess() -> {}
      case Answer.Heard heard ->
          throw new PermitRefused(
              heard
                  .body()
                  .flatMap(problem -> JsonFields.of(problem, "").optionalString("detail"))
                  .orElse("the permit office answered " + heard.status()));
      case Answer.Unreachable(String why) -> throw new PermitRefused(why);
      case Answer.Lost(String why) -> throw new PermitRefused(why);
    }
  }
}
