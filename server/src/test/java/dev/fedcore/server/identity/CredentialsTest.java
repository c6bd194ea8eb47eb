package dev.fedcore.server.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.http.Access;
import dev.fedcore.http.Incoming;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.identity.TenantId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
  private static final SdkTokens TOKENS = new SdkTokens("a secret that is long enough");
  private static final Access.Needs READ = Access.readers("workflow:read");
  private static final Access.Needs VOTE = Access.needs("gate:write", Role.APPROVER);
  private static final Access.Needs ADMIN = Access.keyOnly(Role.ADMIN);

  @TempDir private Path data;

  @Nested
  class A_token {

    @Test
    void names_the_actor_and_the_tenant() {
      Principal by = ask(READ, bearer(token("\"workflow:read\"", "", NOW.plusSeconds(60))));

      assertThat(by.actor()).isEqualTo("srv");
      assertThat(by.tenant()).isEqualTo(TenantId.DEFAULT);
    }

    @Test
    void is_refused_once_it_has_expired() {
      refused(401, READ, bearer(token("\"workflow:read\"", "", NOW)));
    }

    @Test
    void is_refused_when_one_letter_of_it_is_changed() {
      String good = token("\"workflow:read\"", "", NOW.plusSeconds(60));
      for (int i = 0; i < good.length(); i++) {
        char other = good.charAt(i) == 'A' ? 'B' : 'A';
        String bad = good.substring(0, i) + other + good.substring(i + 1);
        boolean lastBits = i == good.length() - 1;
        if (!lastBits) {
          refused(401, READ, bearer(bad));
        }
      }
    }

    @Test
    void is_refused_when_another_secret_signed_it() {
      var other = new SdkTokens("another secret of some length");
      String claims = "{\"server_id\":\"srv\",\"scopes\":[],\"exp\":9999999999}";

      refused(401, READ, bearer(other.issue(claims.getBytes(UTF_8))));
    }

    @Test
    void opens_only_what_its_scopes_say() {
      Map<String, String> reader = bearer(token("\"workflow:read\"", "", NOW.plusSeconds(60)));

      refused(403, VOTE, reader);
      refused(403, ADMIN, reader);
    }

    @Test
    void does_not_speak_for_somebody_else_unless_it_may() {
      String plain = token("\"workflow:read\"", "", NOW.plusSeconds(60));
      String asserting = token("\"workflow:read\",\"actor:assert\"", "", NOW.plusSeconds(60));

      refused(403, READ, Map.of("Authorization", "Bearer " + plain, "X-Actor-Id", "ann"));
      refused(403, READ, Map.of("Authorization", "Bearer " + plain, "X-Tenant-Id", "two"));
      assertThat(
              ask(READ, Map.of("Authorization", "Bearer " + asserting, "X-Actor-Id", "ann"))
                  .actor())
          .isEqualTo("ann");
    }
  }

  @Nested
  class A_key {

    @Test
    void names_its_owner_and_opens_what_the_roles_say() throws IOException {
      String key = keyFile("rw-------", Role.APPROVER, NOW.plusSeconds(60));

      assertThat(ask(VOTE, Map.of("X-Api-Key", key)).actor()).isEqualTo("ann");
      refused(403, ADMIN, bearer(key));
      refused(403, VOTE, Map.of("X-Api-Key", key, "X-Actor-Id", "ben"));
      refused(401, VOTE, bearer(key + "0"));
    }

    @Test
    void is_refused_once_it_has_expired() throws IOException {
      refused(401, VOTE, bearer(keyFile("rw-------", Role.APPROVER, NOW)));
    }

    @Test
    void is_refused_as_soon_as_its_file_is_gone() throws IOException {
      String key = keyFile("rw-------", Role.APPROVER, NOW.plusSeconds(60));
      ApiKeys keys = ApiKeys.open(data.resolve(KeyFile.NAME));
      assertThat(keys.find(key, NOW)).isPresent();

      Files.delete(data.resolve(KeyFile.NAME));
      keys.refresh();

      assertThat(keys.find(key, NOW)).isEmpty();
    }

    @Test
    void is_not_taken_from_a_file_that_others_can_read() throws IOException {
      keyFile("rw-r--r--", Role.APPROVER, NOW.plusSeconds(60));

      assertThatThrownBy(() -> ApiKeys.open(data.resolve(KeyFile.NAME)))
          .isInstanceOf(KeysRefused.class)
          .hasMessageContaining("0600");
    }
  }

  @Test
  void nobody_gets_in_without_credentials() {
    refused(401, READ, Map.of());
    refused(401, READ, Map.of("Authorization", "Basic YTpi"));
  }

  private Principal ask(Access access, Map<String, String> headers) {
    var credentials =
        new Credentials(
            Optional.of(TOKENS),
            ApiKeys.open(data.resolve(KeyFile.NAME)),
            true,
            InstantSource.fixed(NOW));
    return credentials.authenticate(new Sent(headers), access);
  }

  private void refused(int status, Access access, Map<String, String> headers) {
    assertThatThrownBy(() -> ask(access, headers))
        .isInstanceOfSatisfying(
            ProblemFound.class,
            found -> assertThat(found.problem().kind().status()).isEqualTo(status));
  }

  private String keyFile(String mode, Role role, Instant expiresAt) throws IOException {
    KeyText key = KeyText.draw(new SplittableRandom(1));
    var owner = new Principal("ann", TenantId.DEFAULT, Set.of(role));
    JsonObject keys =
        JsonObject.builder()
            .put("keys", new JsonArray(List.of(KeyFile.entry(key, owner, expiresAt))))
            .build();
    Path file = data.resolve(KeyFile.NAME);
    Files.write(file, keys.canonicalBytes());
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return key.text();
  }

  private static Map<String, String> bearer(String credential) {
    return Map.of("Authorization", "Bearer " + credential);
  }

  private static String token(String scopes, String more, Instant expires) {
    String claims =
        "{\"server_id\":\"srv\",\"scopes\":[%s],\"iat\":1,\"exp\":%d,\"jti\":\"x\"%s}"
            .formatted(scopes, expires.getEpochSecond(), more);
    return TOKENS.issue(claims.getBytes(UTF_8));
  }

  private record Sent(Map<String, String> headers) implements Incoming {

    @Override
    public String method() {
      return "GET";
    }

    @Override
    public String path() {
      return "/";
    }

    @Override
    public String query() {
      return "";
    }

    @Override
    public Optional<String> header(String name) {
      return Optional.ofNullable(headers.get(name));
    }

    @Override
    public byte[] body(int bytesMax) {
      return new byte[0];
    }
  }
}
