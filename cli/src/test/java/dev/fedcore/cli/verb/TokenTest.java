package dev.fedcore.cli.verb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.cli.client.JsonView;
import dev.fedcore.cli.terminal.Shell;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenTest {

  private static final String SECRET = "c2VjcmV0LXRoYXQtbG9va3MtbGlrZS1iYXNlNjQ=";

  @TempDir Path directory = Path.of("");

  private Shell shell(Map<String, String> environment) {
    return new Shell(directory, environment, () -> Shell.NOW, CommandTree::execute);
  }

  @Test
  void a_token_is_signed_over_its_base64url_text() throws GeneralSecurityException {
    Shell shell = shell(Map.of("SECRET_KEY", SECRET));

    assertThat(shell.run("token", "mint", "--as", "ada", "--scope", "gate:read,gate:write"))
        .isZero();
    String token = shell.out().strip();
    assertThat(token).startsWith("omega_").doesNotContain("=");
    String[] parts = token.substring("omega_".length()).split("\\.", 2);
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(SECRET.getBytes(UTF_8), "HmacSHA256"));
    assertThat(Base64.getUrlDecoder().decode(parts[1]))
        .isEqualTo(mac.doFinal(parts[0].getBytes(UTF_8)));

    byte[] payload = Base64.getUrlDecoder().decode(parts[0]);
    var claims = new JsonView(JsonReader.readObject(payload, JsonLimits.DEFAULT));
    assertThat(claims.text("actor_id")).isEqualTo("ada");
    assertThat(claims.texts("scopes")).containsExactly("gate:read", "gate:write");
    assertThat(claims.integer("iat")).hasValue(Shell.NOW.getEpochSecond());
    assertThat(claims.integer("exp")).hasValue(Shell.NOW.getEpochSecond() + 3600);
    assertThat(Base64.getUrlDecoder().decode(claims.text("jti"))).hasSize(16);
  }

  @Test
  void without_a_secret_no_token_is_minted() {
    Shell shell = shell(Map.of());

    assertThat(shell.run("token", "mint")).isEqualTo(78);
    assertThat(shell.err()).contains("SECRET_KEY");
  }

  @Test
  void a_key_is_shown_once_and_only_its_hash_is_kept() throws IOException {
    Shell shell = shell(Map.of());

    assertThat(shell.run("token", "key", "--for", "ada", "--role", "approver,viewer")).isZero();
    String key = shell.out().strip();
    assertThat(key).matches("fck_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}_[0-9a-f]{8}");
    Path file = directory.resolve("data").resolve("keys.json");
    String kept = Files.readString(file);
    assertThat(kept).contains(Sha256.hex(key.getBytes(UTF_8))).doesNotContain(key);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
        .isEqualTo("rwx------");

    assertThat(shell.run("token", "list")).isZero();
    assertThat(shell.out()).contains("ada", "approver, viewer").doesNotContain(key);
  }

  @Test
  void a_revoked_key_is_gone_and_the_others_stay() {
    Shell shell = shell(Map.of());
    shell.run("token", "key", "--for", "ada", "--role", "admin");
    String first = shell.out().strip().split("_", -1)[1];
    shell.run("token", "key", "--for", "bob", "--role", "viewer");

    assertThat(shell.run("token", "revoke", first)).isZero();
    assertThat(shell.run("token", "revoke", first)).isEqualTo(1);
    shell.run("token", "list");
    assertThat(shell.out()).contains("bob").doesNotContain("ada");
  }

  @Test
  void an_unknown_role_is_refused_with_those_that_exist() {
    Shell shell = shell(Map.of());

    assertThat(shell.run("token", "key", "--for", "ada", "--role", "king")).isEqualTo(64);
    assertThat(shell.err()).contains("king").contains("approver");
    assertThat(directory.resolve("data")).doesNotExist();
  }
}
