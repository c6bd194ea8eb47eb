package dev.fedcore.evidence.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.merkle.ConsistencyProof;
import dev.fedcore.evidence.merkle.HashSource;
import dev.fedcore.evidence.merkle.MerkleTree;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.witness.WitnessRule.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessRuleTest {

  private static final NoteSigner LOG = NoteSigner.generate("log.example");
  private static final NoteVerifier KEY = NoteVerifier.parse(LOG.verifierKey());
  private static final List<byte[]> LEAVES = leaves("entry");
  private static final List<byte[]> FORKED = leaves("other");

  @Nested
  class A_witness {

    @Test
    void cosigns_what_it_sees_first() {
      assertThat(judged(request(0, 5, LEAVES), Optional.empty())).isEqualTo(new Verdict.Cosign());
    }

    @Test
    void cosigns_every_growth_of_what_it_knows() {
      for (int from = 1; from <= 20; from++) {
        for (int to = from; to <= 20; to++) {
          assertThat(judged(request(from, to, LEAVES), known(from)))
              .as("%d to %d", from, to)
              .isEqualTo(new Verdict.Cosign());
        }
      }
    }

    @Test
    void cosigns_no_fork_of_any_size() {
      for (int from = 1; from <= 20; from++) {
        for (int to = from + 1; to <= 20; to++) {
          assertThat(judged(request(from, to, FORKED), known(from)))
              .as("%d to %d", from, to)
              .isInstanceOf(Verdict.Unproven.class);
        }
      }
    }

    @Test
    void names_another_root_of_the_same_size_a_fork() {
      assertThat(judged(request(7, 7, FORKED), known(7))).isEqualTo(new Verdict.Fork(7));
    }

    @Test
    void says_what_it_knows_when_the_log_thinks_otherwise() {
      assertThat(judged(request(0, 9, LEAVES), known(7))).isEqualTo(new Verdict.Stale(7));
      assertThat(judged(request(8, 9, LEAVES), known(7))).isEqualTo(new Verdict.Stale(7));
      assertThat(judged(request(3, 5, LEAVES), known(7))).isEqualTo(new Verdict.Stale(7));
      assertThat(judged(request(3, 5, LEAVES), Optional.empty())).isEqualTo(new Verdict.Stale(0));
    }

    @Test
    void takes_no_step_back() {
      var backwards = new AddCheckpoint(9, List.of(), request(0, 5, LEAVES).note(), known(5).get());

      assertThat(judged(backwards, known(9))).isEqualTo(new Verdict.Backwards());
      assertThat(judged(backwards, known(7))).isEqualTo(new Verdict.Backwards());
    }

    @Test
    void takes_no_proof_where_there_is_nothing_to_prove() {
      var hash = List.of(MerkleTree.emptyRoot());
      var first = request(0, 5, LEAVES);
      var same = request(5, 5, LEAVES);

      assertThat(judged(with(first, hash), Optional.empty())).isInstanceOf(Verdict.Unproven.class);
      assertThat(judged(with(same, hash), known(5))).isInstanceOf(Verdict.Unproven.class);
    }

    @Test
    void knows_the_root_of_the_empty_tree() {
      var empty = new Checkpoint("log.example", 0, MerkleTree.emptyRoot());
      var wrong = new Checkpoint("log.example", 0, LEAVES.getFirst());

      assertThat(judged(request(0, List.of(), empty), Optional.empty()))
          .isEqualTo(new Verdict.Cosign());
      assertThat(judged(request(0, List.of(), wrong), Optional.empty()))
          .isInstanceOf(Verdict.Unproven.class);
      assertThat(judged(request(0, 5, LEAVES), Optional.of(empty))).isEqualTo(new Verdict.Cosign());
    }
  }

  @Nested
  class A_request {

    @Test
    void is_read_as_it_was_written() {
      byte[] body = AddCheckpoint.format(3, proof(3, 7), LOG.sign(checkpoint(7, LEAVES).text()));
      var read = AddCheckpoint.parse(body);

      assertThat(read.oldSize()).isEqualTo(3);
      assertThat(read.checkpoint()).isEqualTo(checkpoint(7, LEAVES));
      assertThat(AddCheckpoint.format(3, read.proof(), read.note().format())).isEqualTo(body);
      assertThat(WitnessRule.signed(read, List.of(KEY))).hasSize(1);
    }

    @Test
    void is_signed_by_a_known_key_or_by_nobody() {
      var stranger = NoteVerifier.parse(NoteSigner.generate("log.example").verifierKey());

      assertThat(WitnessRule.signed(request(0, 5, LEAVES), List.of(stranger))).isEmpty();
      assertThat(WitnessRule.signed(request(0, 5, LEAVES), List.of(stranger, KEY))).hasSize(1);
    }

    @Test
    void is_spoilt_by_a_known_keys_bad_signature() {
      String other = LOG.sign(checkpoint(6, LEAVES).text());
      String line = other.substring(other.lastIndexOf("\n—") + 1);
      String note = LOG.sign(checkpoint(5, LEAVES).text()) + line;
      var request = AddCheckpoint.parse(AddCheckpoint.format(0, List.of(), note));

      assertThat(WitnessRule.signed(request, List.of(KEY))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "old 0",
          "old 0\n\n",
          "old 00\n\nN",
          "old -1\n\nN",
          "old  1\n\nN",
          "OLD 1\n\nN",
          "old 1 \n\nN",
          "old 9999999999999999999\n\nN",
          "\nold 1\n\nN",
          "old 1\nAAAA\n\nN",
          "old 1\n*\n\nN",
          "old 1\r\n\nN",
          "old 0\n\nlog.example\n5\nAAAA\n\n— log.example AAAAAAAA\n",
          "old 0\n\nno checkpoint\n",
        })
    void that_is_none_is_refused(String text) {
      byte[] body =
          text.replace("N", LOG.sign(checkpoint(5, LEAVES).text()))
              .getBytes(StandardCharsets.UTF_8);

      assertThatExceptionOfType(MalformedInput.class).isThrownBy(() -> AddCheckpoint.parse(body));
    }

    @Test
    void has_at_most_63_hashes_and_16_signatures() {
      String note = LOG.sign(checkpoint(5, LEAVES).text());
      List<byte[]> hashes = IntStream.range(0, 64).mapToObj(_ -> LEAVES.getFirst()).toList();
      String stranger = "— x.example AAAAAAAA\n";

      assertThat(AddCheckpoint.parse(AddCheckpoint.format(1, hashes.subList(0, 63), note)).proof())
          .hasSize(63);
      refused(AddCheckpoint.format(1, hashes, note), "at most 63 hashes");
      assertThat(
              AddCheckpoint.parse(AddCheckpoint.format(0, List.of(), note + stranger.repeat(15)))
                  .note()
                  .signatures())
          .hasSize(16);
      refused(
          AddCheckpoint.format(0, List.of(), note + stranger.repeat(16)), "at most 16 signatures");
    }

    private static void refused(byte[] body, String why) {
      assertThatExceptionOfType(MalformedInput.class)
          .isThrownBy(() -> AddCheckpoint.parse(body))
          .withMessageContaining(why);
    }
  }

  private static Verdict judged(AddCheckpoint request, Optional<Checkpoint> latest) {
    return WitnessRule.judge(request, latest);
  }

  private static Optional<Checkpoint> known(int size) {
    return Optional.of(checkpoint(size, LEAVES));
  }

  private static Checkpoint checkpoint(int size, List<byte[]> leaves) {
    return new Checkpoint("log.example", size, MerkleTree.root(leaves.subList(0, size)));
  }

  /// Asks for the tree of `size` leaves, with the honest proof of those leaves.
  private static AddCheckpoint request(int old, int size, List<byte[]> leaves) {
    List<byte[]> hashes =
        old == 0 || old > size
            ? List.of()
            : ConsistencyProof.build(hashes(leaves), old, size).hashes();
    return request(old, hashes, checkpoint(size, leaves));
  }

  private static AddCheckpoint request(int old, List<byte[]> hashes, Checkpoint checkpoint) {
    return AddCheckpoint.parse(AddCheckpoint.format(old, hashes, LOG.sign(checkpoint.text())));
  }

  private static AddCheckpoint with(AddCheckpoint request, List<byte[]> hashes) {
    return new AddCheckpoint(request.oldSize(), hashes, request.note(), request.checkpoint());
  }

  private static List<byte[]> proof(int old, int size) {
    return ConsistencyProof.build(hashes(LEAVES), old, size).hashes();
  }

  private static HashSource hashes(List<byte[]> leaves) {
    return (level, index) ->
        MerkleTree.root(leaves.subList((int) (index << level), (int) ((index + 1) << level)));
  }

  private static List<byte[]> leaves(String name) {
    var leaves = new ArrayList<byte[]>();
    for (int i = 0; i < 20; i++) {
      leaves.add(MerkleTree.leafHash((name + i).getBytes(StandardCharsets.UTF_8)));
    }
    return leaves;
  }
}
