package dev.fedcore.server.identity;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.Response.Field;
import dev.fedcore.http.client.Credentials;
import dev.fedcore.http.erasure.ErasureRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The tokens by which one service of ours shows another who it is, made from the secret that all
/// of them share. Safe for use by many threads.
public final class ServiceTokens implements Credentials {

  /// How long a token is good; a new one is made when half of that is over.
  private static final Duration VALIDITY = Duration.ofMinutes(10);

  private static final List<String> SCOPES =
      List.of(
          SdkTokens.WORKFLOW_READ,
          SdkTokens.WORKFLOW_WRITE,
          SdkTokens.GATE_READ,
          SdkTokens.ACTOR_ASSERT,
          "bucket:write",
          "karma:write",
          ErasureRequest.SCOPE);

  private final SdkTokens tokens;
  private final String service;
  private final InstantSource clock;
  private volatile Issued issued;

  /// @param service such as `workflow_executor`: who asks, unless it speaks for somebody else
  /// @throws IllegalArgumentException if the secret is too short
  public ServiceTokens(String secret, String service, InstantSource clock) {
    this.tokens = new SdkTokens(secret);
    this.service = service;
    this.clock = clock;
    this.issued = issue(clock.instant());
  }

  @Override
  public List<Field> headers(Optional<String> actor) {
    Instant now = clock.instant();
    Issued current = issued;
    if (!now.isBefore(current.renewAt())) {
      current = issue(now);
      issued = current;
    }
    var headers = new ArrayList<Field>();
    headers.add(new Field("Authorization", "Bearer " + current.token()));
    actor.ifPresent(name -> headers.add(new Field("X-Actor-Id", name)));
    return headers;
  }

  private Issued issue(Instant now) {
    List<JsonValue> scopes = SCOPES.stream().<JsonValue>map(JsonString::new).toList();
    JsonObject claims =
        JsonObject.builder()
            .put("exp", now.plus(VALIDITY).getEpochSecond())
            .put("scopes", new JsonArray(scopes))
            .put("server_id", service)
            .build();
    return new Issued(tokens.issue(claims.canonicalBytes()), now.plus(VALIDITY.dividedBy(2)));
  }

  private record Issued(String token, Instant renewAt) {}
}
