package dev.fedcore.evidence.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.merkle.MerkleTree;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.Cosigner;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.Note;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.NoteVerifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessPolicyTest {

  private static final Instant TIME = Instant.ofEpochSecond(1_700_000_000);
  private static final NoteSigner LOG = NoteSigner.generate("log.example");
  private static final List<Cosigner> W =
      IntStream.range(0, 6).mapToObj(i -> Cosigner.generate("w.example/" + i)).toList();

  private static final String LOG_LINE = "log " + LOG.verifierKey() + "\n";
  private static final String WITNESSES =
      String.join("", IntStream.range(0, 6).mapToObj(WitnessPolicyTest::line).toList());

  /// The example of the standard: two of the X and one of the Y.
  private static final String EXAMPLE =
      """
      # two organisations
      %s
      %s
      group X 2 W0 W1 W2
      group Y any W3 W4 W5
      group X-and-Y all X Y
      quorum X-and-Y
      """
          .formatted(LOG_LINE, WITNESSES);

  private static final Checkpoint CHECKPOINT =
      new Checkpoint("log.example", 8, MerkleTree.leafHash(new byte[0]));

  @ParameterizedTest(name = "cosigned by {0}: {1}")
  @CsvSource(
      delimiter = ';',
      value = {
        "0 1 3; true",
        "0 2 5; true",
        "0 1 2 3 4 5; true",
        "0 1 2; false",
        "0 3 4 5; false",
        "; false"
      })
  void the_example_of_the_standard_asks_for_two_and_one(String cosigned, boolean isMet) {
    var policy = policy(EXAMPLE);
    byte[] note = bytes(note(cosigned));

    if (isMet) {
      assertThat(policy.open(note)).isEqualTo(CHECKPOINT);
    } else {
      assertThatExceptionOfType(EvidenceRejected.class)
          .isThrownBy(() -> policy.open(note))
          .withMessageContaining("quorum X-and-Y is not met");
    }
  }

  @Test
  void cosignatures_are_told_with_their_times() {
    var found = policy(EXAMPLE).cosignatures(Note.parse(bytes(note("0 4"))));

    assertThat(found).extracting(each -> each.witness().name()).containsExactly("W0", "W4");
    assertThat(found).extracting(WitnessPolicy.Cosignature::time).containsOnly(TIME);
  }

  @Test
  void no_number_of_witnesses_makes_up_for_the_log() {
    String lines = "— x.example AAAAAAAA\n";
    for (Cosigner witness : W) {
      lines += witness.cosign(CHECKPOINT.text(), TIME);
    }
    String unsigned = CHECKPOINT.text() + "\n" + lines;

    assertThatExceptionOfType(EvidenceRejected.class)
        .isThrownBy(() -> policy(EXAMPLE).open(bytes(unsigned)))
        .withMessageContaining("no log of the policy");
  }

  @Test
  void a_log_signs_for_its_own_origin_only() {
    String other = LOG.sign(new Checkpoint("other.example", 8, CHECKPOINT.root()).text());

    assertThatExceptionOfType(EvidenceRejected.class)
        .isThrownBy(() -> policy(LOG_LINE + "quorum none\n").open(bytes(other)));
  }

  @Test
  void a_bad_cosignature_of_a_known_witness_spoils_the_note() {
    String forged = W.get(5).cosign("log.example\n9\n" + "A".repeat(43) + "=\n", TIME);

    assertThatExceptionOfType(EvidenceRejected.class)
        .isThrownBy(() -> policy(EXAMPLE).open(bytes(note("0 1 3") + forged)))
        .withMessageContaining("does not verify");
  }

  @Test
  void a_witness_that_signs_twice_counts_once() {
    String text = LOG_LINE + line(0) + line(1) + "group g 2 W0 W1\nquorum g\n";

    assertThatExceptionOfType(EvidenceRejected.class)
        .isThrownBy(() -> policy(text).open(bytes(note("0 0"))));
  }

  @Test
  void quorum_none_asks_for_the_log_alone() {
    assertThat(policy(LOG_LINE + "quorum none\n").open(bytes(note("")))).isEqualTo(CHECKPOINT);
  }

  @Test
  void a_log_known_from_elsewhere_is_put_beside_those_of_the_file() {
    var key = NoteVerifier.parse(LOG.verifierKey());
    var policy = policy("quorum none\n");

    assertThat(policy.withLog(key).open(bytes(note("")))).isEqualTo(CHECKPOINT);
    assertThat(policy.withLog(key).withLog(key).known()).hasSize(1);
  }

  @Nested
  class A_file {

    @Test
    void may_say_where_logs_and_witnesses_are() {
      var policy =
          policy(
              "log %s https://log.example/log\n".formatted(LOG.verifierKey())
                  + "\t witness  w\t%s http://w.example:81/ \n".formatted(W.get(0).verifierKey())
                  + "quorum w\n");

      assertThat(policy.known().getFirst().url())
          .isEqualTo(Optional.of(URI.create("https://log.example/log")));
      assertThat(policy.witnesses().getFirst().url())
          .isEqualTo(Optional.of(URI.create("http://w.example:81")));
      assertThat(policy.quorumName()).isEqualTo("w");
    }

    @Test
    void compares_names_by_their_octets() {
      // With its space, since a random key may spell a name.
      String kelvin = line(0).replace(" W0", " \u212a");
      String text = kelvin + line(1).replace(" W1", " K") + "quorum K\n";

      assertThat(policy(text).quorum().isMetBy(Set.of("\u212a"))).isFalse();
      assertThat(policy(text).quorum().isMetBy(Set.of("K"))).isTrue();
    }

    @Test
    void of_logs_alone_is_read_for_a_witness() {
      assertThat(PolicyReader.logs(bytes("# mine\n" + LOG_LINE))).hasSize(1);
      refusedAsLogs("# none\n", "names no log");
      refusedAsLogs(LOG_LINE + "quorum none\n", "only");
    }

    private static void refusedAsLogs(String text, String why) {
      assertThatExceptionOfType(MalformedInput.class)
          .isThrownBy(() -> PolicyReader.logs(bytes(text)))
          .withMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "quorum x | line 1: names x, which no line above defines",
          "quorum none|quorum none | line 2: is a second quorum",
          "$0|quorum W0 W0 | line 2: is not of the form",
          "$0|group g any none|quorum g | line 2: none is no member",
          "$0|group none any W0|quorum none | line 2: none is the name of no",
          "$0|$1|group g 3 W0 W1|quorum g | line 3: a group's threshold is all, any, or from",
          "$0|group g 0 W0|quorum g | line 2: a group's threshold",
          "$0|group g 01 W0|quorum g | line 2: a group's threshold",
          "$0|group g all|quorum g | line 2: is not of the form",
          "$0|group g any W0 W0|quorum g | line 2: W0 is in a group already",
          "$0|group g any W0|group h any W0|quorum g | line 3: W0 is in a group already",
          "$0|group g any h|group h any W0|quorum g | line 2: names h",
          "$0|group W0 any W0|quorum W0 | line 2: defines W0 a second time",
          "$0|$0|quorum none | line 2: has the same public key",
          "$L|$L|quorum none | line 2: has the same public key",
          "log $v0|quorum none | line 1: a log's key signs",
          "witness w $l|quorum none | line 1: a witness's key cosigns",
          "log nonsense|quorum none | line 1: not a verifier key",
          "log $l ftp://x|quorum none | line 1: ftp://x is no http",
          "logs $l|quorum none | line 1: begins with \"logs\"",
          "quorum none\r | line 1: has a control character",
          "$0 | it has no line",
        })
    void that_is_not_right_is_refused_with_the_line(String sample) {
      int bar = sample.lastIndexOf(" | ");
      String text =
          sample
                  .substring(0, bar)
                  .replace("$0", line(0).strip())
                  .replace("$1", line(1).strip())
                  .replace("$L", LOG_LINE.strip())
                  .replace("$v0", W.get(0).verifierKey())
                  .replace("$l", LOG.verifierKey())
                  .replace('|', '\n')
              + "\n";

      assertThatExceptionOfType(MalformedInput.class)
          .isThrownBy(() -> policy(text))
          .satisfies(e -> assertThat(e.problem()).startsWith(sample.substring(bar + 3)));
    }

    @Test
    void that_is_cut_off_is_refused() {
      assertThatExceptionOfType(MalformedInput.class)
          .isThrownBy(() -> policy("quorum none"))
          .withMessageContaining("line 1: has no newline");
      assertThatExceptionOfType(MalformedInput.class)
          .isThrownBy(() -> policy("#".repeat(WitnessPolicy.BYTES_MAX) + "\nquorum none\n"))
          .withMessageContaining("65,536 bytes");
    }

    @Test
    void is_told_from_a_list_of_keys_by_its_quorum() {
      assertThat(PolicyReader.isPolicy(bytes(EXAMPLE))).isTrue();
      assertThat(PolicyReader.isPolicy(bytes("\n" + LOG_LINE))).isFalse();
    }
  }

  private static String line(int i) {
    return "witness W%d %s\n".formatted(i, W.get(i).verifierKey());
  }

  /// The checkpoint, signed by the log and by the witnesses of these numbers.
  private static String note(String cosigned) {
    var note = new StringBuilder(LOG.sign(CHECKPOINT.text()));
    if (cosigned != null && !cosigned.isBlank()) {
      for (String number : cosigned.split(" ", -1)) {
        note.append(W.get(Integer.parseInt(number)).cosign(CHECKPOINT.text(), TIME));
      }
    }
    return note.toString();
  }

  private static WitnessPolicy policy(String text) {
    return WitnessPolicy.parse(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
