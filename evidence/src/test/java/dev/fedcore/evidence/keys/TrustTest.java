package dev.fedcore.evidence.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.keys.Trust.Role;
import dev.fedcore.evidence.note.NoteSigner;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustTest {

  private static final String LOG = "log " + NoteSigner.generate("log.example").verifierKey();
  private static final VerifyingKey KEY =
      SigningKey.generate(KeyAlgorithm.ECDSA_P256).verifyingKey();

  private static Trust parse(String text) {
    return Trust.parse(text.getBytes(UTF_8));
  }

  @Test
  void names_logs_and_attestors_with_their_roles() {
    var attestor = new Trust.Attestor("https://a.example", EnumSet.of(Role.TIMES), KEY);

    var trust = parse("# mine\n\n%s\n  %s\n".formatted(LOG, attestor.line()));

    assertThat(trust.logs()).singleElement().returns(LOG.substring(4), log -> log.vkey());
    assertThat(trust.attestor(KEY.keyId())).contains(attestor);
    assertThat(trust.attestor("0")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{log}\n",
        "attestor https://a.example times {key}\n",
        "{log}\nattestor https://a.example times {key}\nattestor https://b.test approval {key}\n",
        "{log}\nattestor https://a.example owner {key}\n",
        "{log}\nattestor https://a.example times, {key}\n",
        "{log}\nattestor https://a.example times !!\n",
        "{log}\nattestor https://a.example times AAAA\n",
        "{log}\nattestor times {key}\n",
        "{log} x\nattestor https://a.example times {key}\n",
        "log log.example+00000000+AAAA\nattestor https://a.example times {key}\n",
        "witness {log}\nattestor https://a.example times {key}\n",
      })
  void that_can_be_misunderstood_is_refused(String text) {
    String whole = text.replace("{log}", LOG).replace("{key}", KEY.base64());

    assertThatThrownBy(() -> parse(whole)).isInstanceOf(MalformedInput.class);
  }
}
