package dev.fedcore.policy.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.note.Cosigner;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.kernel.identity.Digest;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyKeysTest {

  private static final String HASH = "ab".repeat(32);
  private static final String OPS = NoteSigner.generate("ops.example/policy").verifierKey();
  private static final String RISK = NoteSigner.generate("risk.example/policy").verifierKey();

  private static PolicyKeys parse(String text) {
    return PolicyKeys.parse(text.getBytes(UTF_8));
  }

  @Test
  void are_lines_between_comments() {
    PolicyKeys keys =
        parse(
            "# who may sign\n\nkey %s\r\n  key\t%s\nrevoked %s\n# the end"
                .formatted(OPS, RISK, HASH));

    assertThat(keys.keys()).extracting(NoteVerifier::vkey).containsExactly(OPS, RISK);
    assertThat(keys.revoked()).containsExactly(new Digest(HASH));
  }

  @ParameterizedTest
  @MethodSource("faulty")
  void are_refused_with_the_line_and_the_remedy(String text, String message) {
    MalformedInput refused = catchThrowableOfType(MalformedInput.class, () -> parse(text));

    assertThat(refused.problem()).startsWith(message);
  }

  static Stream<Arguments> faulty() {
    String key = "key " + OPS + "\n";
    return Stream.of(
        Arguments.of("", "it names nobody who may sign: write a line \"key KEY\""),
        Arguments.of("revoked " + HASH, "it names nobody who may sign"),
        Arguments.of(OPS, "line 1: must be \"key KEY\" or \"revoked HASH\""),
        Arguments.of(key + "key", "line 2: must be \"key KEY\""),
        Arguments.of(key + "\nkey " + OPS + " ops", "line 3: must be \"key KEY\""),
        Arguments.of(key + "log " + OPS, "line 2: begins with \"log\", not with key or revoked"),
        Arguments.of("key x" + OPS, "line 1: the key's digits do not match it"),
        Arguments.of("key nonsense", "line 1: not a verifier key: nonsense"),
        Arguments.of(
            "key " + Cosigner.generate("w.example").verifierKey(),
            "line 1: w.example is a witness's key; make one with fedcore policy key"),
        Arguments.of(key + "revoked " + HASH.toUpperCase(Locale.ROOT), "line 2: a digest"),
        Arguments.of(key + "revoked ab", "line 2: a digest has 64 lower-case hex digits, got ab"),
        Arguments.of("#".repeat(PolicyKeys.BYTES_MAX + 1), "it has more than 1,048,576 bytes"));
  }
}
