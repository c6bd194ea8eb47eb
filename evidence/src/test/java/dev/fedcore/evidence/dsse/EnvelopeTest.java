package dev.fedcore.evidence.dsse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.keys.KeyAlgorithm;
import dev.fedcore.evidence.keys.SigningKey;
import dev.fedcore.testing.ForeignTool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeTest {

  private static final ForeignTool OPENSSL = new ForeignTool("openssl", "openssl");
  private static final SigningKey KEY = SigningKey.generate(KeyAlgorithm.ED25519);

  @TempDir Path scratch = Path.of("");

  private static byte[] statement() {
    var subjects = new TreeMap<>(Map.of("run.tar", Sha256.hex("tar".getBytes(UTF_8))));
    return new Statement(subjects, "https://example.org/p/v1", JsonObject.EMPTY).bytes();
  }

  /// The example of the protocol's own text.
  @Test
  void the_signed_bytes_are_those_of_the_standard() {
    assertThat(Envelope.encoded("http://example.com/HelloWorld", "hello world".getBytes(UTF_8)))
        .asString(UTF_8)
        .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  }

  @Test
  void a_statement_has_the_form_that_in_toto_asks_for() {
    assertThat(statement())
        .asString(UTF_8)
        .isEqualTo(
            "{\"_type\":\"https://in-toto.io/Statement/v1\",\"predicate\":{},"
                + "\"predicateType\":\"https://example.org/p/v1\",\"subject\":[{\"digest\":"
                + "{\"sha256\":\"%s\"},\"name\":\"run.tar\"}]}",
            Sha256.hex("tar".getBytes(UTF_8)));
  }

  @ParameterizedTest
  @EnumSource
  void a_signature_is_one_that_openssl_accepts(KeyAlgorithm algorithm) throws IOException {
    var key = SigningKey.generate(algorithm);
    var envelope = Envelope.parse(Envelope.sign(statement(), key).bytes());
    Files.write(scratch.resolve("signed"), envelope.signedBytes());
    Files.write(scratch.resolve("sig"), envelope.signature());
    Files.write(scratch.resolve("key"), key.verifyingKey().spki());
    var command =
        new ArrayList<>(
            List.of("pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "key"));
    command.addAll(List.of("-rawin", "-in", "signed", "-sigfile", "sig"));
    if (algorithm == KeyAlgorithm.ECDSA_P256) {
      command.addAll(List.of("-digest", "sha256"));
    }

    assertThat(OPENSSL.output(scratch, command.toArray(String[]::new)))
        .contains("Signature Verified Successfully");
    assertThat(envelope.verifiedBy(key.verifyingKey())).isTrue();
  }

  @Test
  void signing_twice_with_ed25519_gives_the_same_bytes() {
    assertThat(Envelope.sign(statement(), KEY).bytes())
        .isEqualTo(Envelope.sign(statement(), KEY).bytes());
  }

  @Test
  void no_byte_can_change_unseen() {
    byte[] good = Envelope.sign(statement(), KEY).bytes();
    for (int at = 0; at < good.length; at++) {
      byte[] changed = good.clone();
      changed[at] ^= 1;
      assertThat(isGood(changed)).as("byte %d", at).isFalse();
    }
    assertThat(isGood(good)).isTrue();
  }

  private static boolean isGood(byte[] bytes) {
    try {
      var envelope = Envelope.parse(bytes);
      return envelope.keyId().equals(KEY.verifyingKey().keyId())
          && envelope.verifiedBy(KEY.verifyingKey());
    } catch (MalformedInput e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "",
        "{\"payload\":\"\",\"payloadType\":\"text/plain\",\"signatures\":[]}",
        "{\"payload\":\"\",\"payloadType\":\"application/vnd.in-toto+json\",\"signatures\":[]}",
        "{\"payload\":\"!\",\"payloadType\":\"application/vnd.in-toto+json\","
            + "\"signatures\":[{\"keyid\":\"\",\"sig\":\"\"}]}",
        "{\"payload\":\"\",\"payloadType\":\"application/vnd.in-toto+json\","
            + "\"signatures\":[{\"alg\":\"none\",\"keyid\":\"\",\"sig\":\"\"}]}",
        "{\"payload\":\"\",\"payloadType\":\"application/vnd.in-toto+json\",\"signatures\":"
            + "[{\"keyid\":\"\",\"sig\":\"\"},{\"keyid\":\"\",\"sig\":\"\"}]}",
      })
  void whatever_is_no_envelope_is_refused(String text) {
    assertThatThrownBy(() -> Envelope.parse(text.getBytes(UTF_8)))
        .isInstanceOf(MalformedInput.class);
  }
}
