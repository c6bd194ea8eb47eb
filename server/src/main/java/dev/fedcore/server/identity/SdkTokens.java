package dev.fedcore.server.identity;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.identity.TenantId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Bearer tokens in the form of the published Federation Core client: `omega_`, the claims as
/// base64url of JSON, a dot, and HMAC-SHA-256 over that base64url text.
///
/// There is one algorithm and no header to choose another. Checked in this order: format,
/// signature, expiry. Unchangeable, so safe for use by many threads.
public final class SdkTokens {

  /// What every token begins with.
  public static final String PREFIX = "omega_";

  /// The shortest secret, in characters: fewer can be guessed.
  public static final int SECRET_LENGTH_MIN = 16;

  static final String WORKFLOW_READ = "workflow:read";
  static final String WORKFLOW_WRITE = "workflow:write";
  static final String GATE_READ = "gate:read";
  static final String GATE_WRITE = "gate:write";
  static final String ACTOR_ASSERT = "actor:assert";

  private static final String ALGORITHM = "HmacSHA256";

  /// The longest token, in characters: claims are a few hundred.
  private static final int LENGTH_MAX = 4_096;

  /// 9999-12-31, in seconds: no claim is later.
  private static final long SECONDS_MAX = 253_402_300_799L;

  private static final JsonLimits CLAIM_LIMITS = new JsonLimits(LENGTH_MAX, 4, 100);

  private final SecretKeySpec secret;

  /// Tokens signed with `secret`.
  ///
  /// @throws IllegalArgumentException if the secret is shorter than [#SECRET_LENGTH_MIN]
  public SdkTokens(String secret) {
    if (secret.length() < SECRET_LENGTH_MIN) {
      throw new IllegalArgumentException(
          "SECRET_KEY has fewer than " + SECRET_LENGTH_MIN + " characters");
    }
    this.secret = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
  }

  /// What a good token says.
  ///
  /// @param actor the claim `actor_id`, or else `server_id`
  public record Claims(String actor, TenantId tenant, Set<String> scopes) {

    public Claims {
      scopes = Set.copyOf(scopes);
    }

    boolean mayAssertActor() {
      return scopes.contains(ACTOR_ASSERT);
    }

    /// The roles that the scopes amount to.
    Set<Role> roles() {
      var roles = EnumSet.noneOf(Role.class);
      if (scopes.contains(WORKFLOW_READ) || scopes.contains(GATE_READ)) {
        roles.add(Role.VIEWER);
      }
      if (scopes.contains(WORKFLOW_WRITE)) {
        roles.add(Role.OPERATOR);
        roles.add(Role.EXECUTOR);
      }
      if (scopes.contains(GATE_WRITE)) {
        roles.add(Role.APPROVER);
      }
      return roles;
    }
  }

  /// What a good token says.
  ///
  /// @throws ProblemFound 401 if the token is not good
  Claims verify(String token, Instant now) {
    int dot = token.indexOf('.');
    if (token.length() > LENGTH_MAX || dot < 0 || dot != token.lastIndexOf('.')) {
      throw Credentials.unauthenticated(
          "this is not a token in the form omega_<claims>.<signature>");
    }
    String payload = token.substring(PREFIX.length(), dot);
    byte[] signature = base64(token.substring(dot + 1));
    if (!MessageDigest.isEqual(signature, sign(payload))) {
      throw Credentials.unauthenticated("the token's signature is wrong");
    }
    return claims(base64(payload), now);
  }

  /// The token that says `claims`, for tests and tools.
  public String issue(byte[] claims) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    String payload = encoder.encodeToString(claims);
    return PREFIX + payload + "." + encoder.encodeToString(sign(payload));
  }

  private static Claims claims(byte[] json, Instant now) {
    try {
      var fields = JsonFields.of(JsonReader.readObject(json, CLAIM_LIMITS), "");
      String server = fields.string("server_id");
      String actor = fields.optionalString("actor_id").orElse(server);
      String tenant = fields.optionalString("tenant_id").orElse(TenantId.DEFAULT.value());
      Set<String> scopes = Set.copyOf(fields.strings("scopes"));
      long expires = fields.integer("exp", 0, SECONDS_MAX);
      if (now.getEpochSecond() >= expires) {
        throw Credentials.unauthenticated("the token has expired");
      }
      if (!Principal.isActorName(actor)) {
        throw Credentials.unauthenticated("the token's actor is not a name");
      }
      return new Claims(actor, new TenantId(tenant), scopes);
    } catch (MalformedInput | IllegalArgumentException _) {
      throw Credentials.unauthenticated("the token's claims cannot be read");
    }
  }

  private byte[] sign(String payload) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(secret);
      return mac.doFinal(payload.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no " + ALGORITHM, e);
    }
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getUrlDecoder().decode(text);
    } catch (IllegalArgumentException _) {
      throw Credentials.unauthenticated("the token is not base64url");
    }
  }
}
