package dev.fedcore.evidence.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Checked against the reference note of [NoteTest], which golang.org/x/mod/sumdb/note verified.
class CosignerTest {

  /// PKCS #8 of the Ed25519 key whose seed is 32 bytes of one.
  private static final byte[] ONES_KEY =
      HexFormat.of().parseHex("302e020100300506032b657004220420" + "01".repeat(32));

  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);
  private static final Cosigner WITNESS = Cosigner.fromPkcs8("witness.example/w1", ONES_KEY);
  private static final NoteVerifier KEY = NoteVerifier.parse(NoteTest.WITNESS_KEY);

  @Test
  void a_kept_key_cosigns_the_reference_checkpoint_to_the_byte() {
    assertThat(WITNESS.verifierKey()).isEqualTo(NoteTest.WITNESS_KEY);
    assertThat(WITNESS.cosign(NoteTest.TEXT, TIME)).isEqualTo(NoteTest.WITNESS_LINE);
    assertThat(WITNESS.pkcs8()).isEqualTo(ONES_KEY);
  }

  @Test
  void a_cosignature_says_when_it_was_made_and_by_whom() {
    Note note = Note.parse(bytes(NoteTest.NOTE));

    assertThat(note.signatureOf(KEY).map(KEY::time)).isEqualTo(Optional.of(TIME));
    assertThat(KEY.isCosigner()).isTrue();
    assertThat(NoteVerifier.parse(NoteTest.LOG_KEY).isCosigner()).isFalse();
    assertThat(note.format()).isEqualTo(NoteTest.NOTE);
  }

  @Test
  void a_new_key_cosigns_what_its_verifier_key_verifies() {
    var witness = Cosigner.generate("w.example");
    String note = NoteTest.TEXT + "\n" + witness.cosign(NoteTest.TEXT, TIME);

    assertThat(Note.open(bytes(note), List.of(NoteVerifier.parse(witness.verifierKey()))))
        .isEqualTo(NoteTest.TEXT);
  }

  @Test
  void one_key_under_two_names_is_one_key() {
    var other = Cosigner.fromPkcs8("another.example", ONES_KEY);

    assertThat(NoteVerifier.parse(other.verifierKey()).hasSameKeyAs(KEY)).isTrue();
    assertThat(NoteVerifier.parse(NoteTest.LOG_KEY).hasSameKeyAs(KEY)).isFalse();
  }

  @Test
  void another_time_is_another_signature() {
    String line = NoteTest.WITNESS_LINE.strip();
    byte[] timed = Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1));
    for (long time : new long[] {TIME.getEpochSecond() + 1, 0, -1, Long.MAX_VALUE}) {
      ByteBuffer.wrap(timed).putLong(Integer.BYTES, time);
      byte[] signature = Arrays.copyOfRange(timed, Integer.BYTES, timed.length);

      assertThat(KEY.verifiesNote(NoteTest.TEXT, signature)).as("at %d", time).isFalse();
    }
  }

  @Test
  void nothing_is_cosigned_before_1970() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WITNESS.cosign(NoteTest.TEXT, Instant.ofEpochSecond(-1)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
