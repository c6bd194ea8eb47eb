package dev.fedcore.evidence.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Checked against a note that golang.org/x/mod/sumdb/note verified: log key from a seed of zeros,
/// witness key from a seed of ones, over the eight reference entries of RFC 6962.
class NoteTest {

  static final String LOG_KEY =
      "spine.example/log1+b516a181+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
  static final String WITNESS_KEY =
      "witness.example/w1+0ad7d35e+BIqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c";
  static final String TEXT =
      "spine.example/log1\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n";
  static final String LOG_LINE =
      "— spine.example/log1 tRahgfjlVJiRtB5AJ8gTByOQmyD5IsKwkvPmv0oehECqWSToby/O9Ip+"
          + "kbj7dBcOe2UaS49M1DGqmuaXiEvgdcfKmw4=\n";
  static final String WITNESS_LINE =
      "— witness.example/w1 CtfTXgAAAABlU/EA0087URgliz6sbR35zIDYvVu1PyX0NlRAA9nHB9m2Z9Gg65eh"
          + "ANGYDhEIZiALhftKxTDPXzML6AWFBGQsbypWAQ==\n";
  static final String NOTE = TEXT + "\n" + LOG_LINE + WITNESS_LINE;

  /// PKCS #8 of the Ed25519 key whose seed is 32 zero bytes.
  private static final byte[] ZERO_KEY =
      HexFormat.of().parseHex("302e020100300506032b657004220420" + "00".repeat(32));

  private static final NoteVerifier LOG = NoteVerifier.parse(LOG_KEY);
  private static final NoteVerifier WITNESS = NoteVerifier.parse(WITNESS_KEY);

  @Test
  void the_reference_note_is_vouched_for_by_log_and_witness() {
    assertThat(Note.open(bytes(NOTE), List.of(LOG))).isEqualTo(TEXT);
    assertThat(Note.open(bytes(NOTE), List.of(WITNESS))).isEqualTo(TEXT);
    assertThat(Note.parse(bytes(NOTE)).verifiedBy(List.of(LOG, WITNESS)))
        .containsExactly(LOG, WITNESS);
  }

  @Test
  void a_kept_key_signs_the_reference_note_to_the_byte() {
    var signer = NoteSigner.fromPkcs8("spine.example/log1", ZERO_KEY);

    assertThat(signer.verifierKey()).isEqualTo(LOG_KEY);
    assertThat(signer.sign(TEXT)).isEqualTo(TEXT + "\n" + LOG_LINE);
    assertThat(signer.pkcs8()).isEqualTo(ZERO_KEY);
  }

  @Test
  void the_example_key_of_the_standard_is_read() {
    String vkey = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

    assertThat(NoteVerifier.parse(vkey).name()).isEqualTo("example.com/foo");
    assertThat(NoteVerifier.parse(vkey).vkey()).isEqualTo(vkey);
  }

  @Test
  void a_new_key_signs_what_its_verifier_key_verifies() {
    var signer = NoteSigner.generate("log.example/new");
    var again = NoteSigner.fromPkcs8("log.example/new", signer.pkcs8());
    String text = "one\n\nthree, after an empty line\n";

    assertThat(again.verifierKey()).isEqualTo(signer.verifierKey());
    assertThat(
            Note.open(bytes(again.sign(text)), List.of(NoteVerifier.parse(signer.verifierKey()))))
        .isEqualTo(text);
  }

  @Test
  void no_byte_of_text_or_known_signature_can_change() {
    byte[] note = bytes(TEXT + "\n" + LOG_LINE);
    for (int i = 0; i < note.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = note.clone();
        changed[i] ^= (byte) (1 << bit);
        rejected(changed, LOG);
      }
    }
  }

  @Nested
  class Refuses {

    @Test
    void a_note_that_no_known_key_signed() {
      var stranger = NoteVerifier.parse(NoteSigner.generate("spine.example/log1").verifierKey());

      rejected(bytes(NOTE), stranger);
      assertThatExceptionOfType(EvidenceRejected.class)
          .isThrownBy(() -> Note.open(bytes(NOTE), List.of()))
          .withMessageContaining("no known key");
    }

    @Test
    void a_bad_signature_of_a_known_key_beside_a_good_one() {
      String forged = LOG_LINE.replace("fjlVJ", "fjlVK");

      assertThatExceptionOfType(EvidenceRejected.class)
          .isThrownBy(
              () -> Note.open(bytes(TEXT + "\n" + forged + WITNESS_LINE), List.of(WITNESS, LOG)))
          .withMessageContaining("does not verify");
    }

    @Test
    void a_cosignature_that_is_cut_short() {
      String line = "— witness.example/w1 CtfTXgAAAABlU/EA\n";

      rejected(bytes(TEXT + "\n" + line), WITNESS);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "text\n",
          "text\n\n",
          "text\n\nno dash\n",
          "text\n\n— name\n",
          "text\n\n— name AAAA\n",
          "text\n\n— name AAAAAAA\n",
          "text\n\n— na+me AAAAAAAAAAA=\n",
          "text\n\n—  AAAAAAAAAAA=\n",
          "text\n\n— name AAAAAAAAAAB=\n",
          "text\n\n— name AAAAAAAAAAA=",
          "te\txt\n\n— name AAAAAAAAAAA=\n",
          "te\rxt\n\n— name AAAAAAAAAAA=\n",
        })
    void what_is_no_note(String text) {
      assertThatExceptionOfType(EvidenceRejected.class).isThrownBy(() -> Note.parse(bytes(text)));
    }

    @Test
    void too_many_signatures_and_too_many_bytes() {
      String line = "— name AAAAAAAAAAA=\n";

      assertThat(Note.parse(bytes("text\n\n" + line.repeat(100))).signatures()).hasSize(100);
      assertThatExceptionOfType(EvidenceRejected.class)
          .isThrownBy(() -> Note.parse(bytes("text\n\n" + line.repeat(101))));
      assertThatExceptionOfType(EvidenceRejected.class)
          .isThrownBy(() -> Note.parse(bytes("x".repeat(Note.BYTES_MAX) + "\n\n" + line)));
    }

    @Test
    void bytes_that_are_not_utf_8() {
      byte[] note = bytes(NOTE);
      note[0] = (byte) 0xff;

      rejected(note, LOG);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "name",
          "name+b516a181",
          "spine.example/log1+b516a182+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop",
          "spine.example/log1+B516A181+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop",
          "spine.example/log2+b516a181+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop",
          "spine.example/log1+b516a181+AjtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop",
          "spine.example/log1+b516a181+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdo",
          "spine example/log1+b516a181+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop",
        })
    void what_is_no_verifier_key(String vkey) {
      assertThatExceptionOfType(EvidenceRejected.class).isThrownBy(() -> NoteVerifier.parse(vkey));
    }

    @Test
    void to_sign_what_could_not_be_read_again() {
      var signer = NoteSigner.generate("log");

      assertThatIllegalArgumentException().isThrownBy(() -> signer.sign("no newline"));
      assertThatIllegalArgumentException().isThrownBy(() -> signer.sign("tab\there\n"));
      assertThatIllegalArgumentException().isThrownBy(() -> NoteSigner.generate("a b"));
      assertThatIllegalArgumentException().isThrownBy(() -> NoteSigner.generate("a+b"));
      assertThatIllegalArgumentException().isThrownBy(() -> NoteSigner.generate(""));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> NoteSigner.fromPkcs8("log", new byte[48]));
    }
  }

  private static void rejected(byte[] note, NoteVerifier verifier) {
    assertThatExceptionOfType(EvidenceRejected.class)
        .isThrownBy(() -> Note.open(note, List.of(verifier)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
