package dev.fedcore.cli.secret;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A bearer token in the form of the published SDK: `omega_`, the claims as base64url, a dot, and
/// the HMAC-SHA-256 of the base64url text.
///
/// @param serverId who it is for
/// @param scopes what it allows, such as `workflow:read`
/// @param actor whose actions it makes; the server id if there is none
/// @param tenant whose runs; the server's default if there is none
/// @param lifetime how long it is good, in whole seconds
public record SdkToken(
    String serverId,
    List<String> scopes,
    Optional<String> actor,
    Optional<String> tenant,
    Duration lifetime) {

  /// What every token begins with.
  public static final String PREFIX = "omega_";

  private static final int JTI_BYTES = 16;
  private static final String ALGORITHM = "HmacSHA256";

  public SdkToken {
    scopes = List.copyOf(scopes);
  }

  /// Signs a new token.
  ///
  /// @param secret the text of `SECRET_KEY`, used as it is
  /// @param random a secure source, for the token's id
  public String mint(String secret, Instant now, RandomGenerator random) {
    byte[] jti = new byte[JTI_BYTES];
    random.nextBytes(jti);
    long issued = now.getEpochSecond();
    var claims =
        JsonObject.builder()
            .put("server_id", serverId)
            .put("scopes", JsonArray.ofStrings(scopes))
            .put("iat", issued)
            .put("exp", issued + lifetime.toSeconds())
            .put("jti", base64(jti));
    actor.ifPresent(name -> claims.put("actor_id", name));
    tenant.ifPresent(name -> claims.put("tenant_id", name));
    String payload = base64(claims.build().canonicalBytes());
    return PREFIX + payload + "." + base64(sign(secret, payload));
  }

  private static byte[] sign(String secret, String payload) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), ALGORITHM));
      return mac.doFinal(payload.getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + ALGORITHM, e);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
