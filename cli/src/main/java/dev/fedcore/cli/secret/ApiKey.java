package dev.fedcore.cli.secret;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.kernel.identity.Role;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;

/// A new API key: `fck_<id>_<secret>_<crc>`. The secret is 43 letters of 62, which are 256 bits;
/// the checksum, CRC-32 of all before it, tells a mistyped key from a revoked one.
///
/// @param id under which the key is listed; no secret
/// @param text the whole key, shown once
public record ApiKey(String id, String text) {

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int ID_LENGTH = 12;
  private static final int SECRET_LENGTH = 43;

  /// Draws a key.
  ///
  /// @param random a secure source
  public static ApiKey draw(RandomGenerator random) {
    String id = letters(random, ID_LENGTH);
    String body = "fck_" + id + "_" + letters(random, SECRET_LENGTH);
    var crc = new CRC32();
    crc.update(body.getBytes(StandardCharsets.US_ASCII));
    return new ApiKey(id, "%s_%08x".formatted(body, crc.getValue()));
  }

  /// What `keys.json` keeps of it: the hash, never the text.
  public JsonObject entry(String actor, String tenant, Collection<Role> roles, Instant expiresAt) {
    var words = roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT)).sorted().toList();
    return JsonObject.builder()
        .put("id", id)
        .put("sha256", Sha256.hex(text.getBytes(StandardCharsets.UTF_8)))
        .put("actor", actor)
        .put("tenant", tenant)
        .put("roles", JsonArray.ofStrings(words))
        .put("expires_at", expiresAt.truncatedTo(ChronoUnit.SECONDS).toString())
        .build();
  }

  @Override
  public String toString() {
    return "ApiKey[" + id + "]";
  }

  private static String letters(RandomGenerator random, int length) {
    var letters = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      letters.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return letters.toString();
  }
}
