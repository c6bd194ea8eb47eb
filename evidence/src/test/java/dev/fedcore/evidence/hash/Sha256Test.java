package dev.fedcore.evidence.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Checked against the examples of FIPS 180-4.
class Sha256Test {

  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @ParameterizedTest
  @CsvSource({
    "'', e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "abc, " + ABC,
    "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq, "
        + "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1",
  })
  void has_the_published_digests(String text, String expected) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);

    assertThat(Sha256.hex(bytes)).isEqualTo(expected);
    assertThat(Sha256.hexOf(Sha256.digest(bytes))).isEqualTo(expected);
  }

  @Test
  void a_digest_survives_its_text_form() {
    assertThat(Sha256.hexOf(Sha256.parseHex(ABC))).isEqualTo(ABC);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ba78",
        "BA7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad0",
        "/a7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a:",
      })
  void only_lower_case_hexadecimal_of_full_length_is_a_digest(String text) {
    assertThat(Sha256.isHex(text)).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> Sha256.parseHex(text));
  }
}
