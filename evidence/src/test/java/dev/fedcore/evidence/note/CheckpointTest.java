package dev.fedcore.evidence.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.merkle.HashSource;
import dev.fedcore.evidence.merkle.InclusionProof;
import dev.fedcore.evidence.merkle.MerkleTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {

  private static final String ROOT = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=";
  private static final String ORIGIN = "spine.example/log1";
  private static final NoteSigner SIGNER = NoteSigner.generate(ORIGIN);
  private static final List<NoteVerifier> KEYS = List.of(NoteVerifier.parse(SIGNER.verifierKey()));

  @Test
  void reads_and_writes_the_reference_checkpoint() {
    var checkpoint = Checkpoint.parse(NoteTest.TEXT);

    assertThat(checkpoint.origin()).isEqualTo(ORIGIN);
    assertThat(checkpoint.size()).isEqualTo(8);
    assertThat(Sha256.hexOf(checkpoint.root())).startsWith("5dc9da79");
    assertThat(checkpoint.text()).isEqualTo(NoteTest.TEXT);
    assertThat(checkpoint)
        .isEqualTo(new Checkpoint(ORIGIN, 8, checkpoint.root()))
        .hasSameHashCodeAs(new Checkpoint(ORIGIN, 8, checkpoint.root()))
        .isNotEqualTo(new Checkpoint(ORIGIN, 9, checkpoint.root()))
        .isNotEqualTo(new Checkpoint(ORIGIN, 8, MerkleTree.emptyRoot()));
  }

  @Test
  void passes_over_extension_lines() {
    assertThat(Checkpoint.parse(NoteTest.TEXT + "extension 1\n").size()).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "origin\n8\n",
        "\n8\n" + ROOT + "\n",
        "origin\n08\n" + ROOT + "\n",
        "origin\n-1\n" + ROOT + "\n",
        "origin\n+1\n" + ROOT + "\n",
        "origin\n\n" + ROOT + "\n",
        "origin\n9999999999999999999\n" + ROOT + "\n",
        "origin\n8\nAAAA\n",
        "origin\n8\n" + ROOT,
        "origin\n8\n" + ROOT + "\n\n",
        "origin\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyh=\n",
      })
  void refuses_what_is_no_checkpoint(String text) {
    assertThatExceptionOfType(EvidenceRejected.class).isThrownBy(() -> Checkpoint.parse(text));
  }

  @Test
  void is_not_made_of_what_could_not_be_read_again() {
    byte[] root = MerkleTree.emptyRoot();

    assertThatIllegalArgumentException().isThrownBy(() -> new Checkpoint("", 0, root));
    assertThatIllegalArgumentException().isThrownBy(() -> new Checkpoint("a\nb", 0, root));
    assertThatIllegalArgumentException().isThrownBy(() -> new Checkpoint("a", -1, root));
    assertThatIllegalArgumentException().isThrownBy(() -> new Checkpoint("a", 0, new byte[31]));
  }

  @Nested
  class A_proof_file {

    private final List<byte[]> entries = entries(11, "entry");
    private final String note = SIGNER.sign(checkpoint(entries).text());
    private final TlogProof proof =
        new TlogProof(6, InclusionProof.build(hashes(entries), 6, 11).hashes(), note);

    @Test
    void proves_its_entry_after_being_written_and_read() {
      var read = TlogProof.parse(bytes(proof.format()));

      assertThat(read.format()).isEqualTo(proof.format());
      assertThat(read.verify(entries.get(6), KEYS)).isEqualTo(checkpoint(entries));
    }

    @Test
    void has_the_form_of_the_standard() {
      assertThat(proof.format())
          .startsWith("c2sp.org/tlog-proof@v1\nindex 6\n")
          .endsWith("\n\n" + note);
    }

    @Test
    void proves_no_other_entry_and_no_other_place() {
      var moved = new TlogProof(7, proof.hashes(), note);

      assertThatExceptionOfType(EvidenceRejected.class)
          .isThrownBy(() -> proof.verify(entries.get(7), KEYS));
      assertThatExceptionOfType(EvidenceRejected.class)
          .isThrownBy(() -> moved.verify(entries.get(6), KEYS));
    }

    @Test
    void proves_nothing_once_a_byte_is_changed() {
      byte[] file = bytes(proof.format());
      for (int i = 0; i < file.length; i++) {
        byte[] changed = file.clone();
        changed[i] ^= 1;
        assertThatExceptionOfType(EvidenceRejected.class)
            .as("byte %d", i)
            .isThrownBy(() -> TlogProof.parse(changed).verify(entries.get(6), KEYS));
      }
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "",
          "c2sp.org/tlog-proof@v1\nindex 6\n",
          "c2sp.org/tlog-proof@v2\nindex 6\n\nnote",
          "c2sp.org/tlog-proof@v1\nindex 06\n\nnote",
          "c2sp.org/tlog-proof@v1\nindex -6\n\nnote",
          "c2sp.org/tlog-proof@v1\nextra AAAA\nindex 6\n\nnote",
          "c2sp.org/tlog-proof@v1\nindex 6\nAAAA\n\nnote",
        })
    void is_refused_in_any_other_form(String text) {
      assertThatExceptionOfType(EvidenceRejected.class)
          .isThrownBy(() -> TlogProof.parse(bytes(text)));
    }
  }

  @Nested
  class The_published_file {

    @TempDir Path directory;

    @Test
    void is_replaced_by_what_continues_it() throws IOException {
      var file = open();
      var five = entries(5, "entry");
      var nine = entries(9, "entry");

      assertThat(file.last()).isEmpty();
      file.publish(checkpoint(List.of()), hashes(List.of()));
      file.publish(checkpoint(five), hashes(five));
      String note = file.publish(checkpoint(nine), hashes(nine));

      assertThat(file.last()).contains(checkpoint(nine));
      assertThat(file.lastNote()).contains(note);
      assertThat(Files.readString(path())).isEqualTo(note);
      assertThat(Note.open(bytes(note), KEYS)).isEqualTo(checkpoint(nine).text());
      assertThat(directory).isDirectoryNotContaining("glob:**.tmp");
    }

    @Test
    void gives_the_same_note_for_the_same_checkpoint_and_remembers_it() {
      var five = entries(5, "entry");
      String note = open().publish(checkpoint(five), hashes(five));

      assertThat(open().publish(checkpoint(five), hashes(five))).isEqualTo(note);
      assertThat(open().last()).contains(checkpoint(five));
    }

    @Test
    void is_never_replaced_by_a_smaller_one() {
      var five = entries(5, "entry");
      var four = entries(4, "entry");
      open().publish(checkpoint(five), hashes(five));

      refused(open(), checkpoint(four), hashes(four), "shrink from 5 to 4");
    }

    @Test
    void is_never_replaced_by_one_of_another_history() {
      var five = entries(5, "entry");
      var others = entries(9, "other");
      open().publish(checkpoint(five), hashes(five));

      refused(open(), checkpoint(others), hashes(others), "not a continuation");
      var sameSize = others.subList(0, 5);
      refused(open(), checkpoint(sameSize), hashes(sameSize), "not a continuation");
    }

    @Test
    void is_never_replaced_by_one_of_another_log() {
      var five = entries(5, "entry");
      open().publish(checkpoint(five), hashes(five));
      var foreign = new Checkpoint("other.example", 5, checkpoint(five).root());

      refused(open(), foreign, hashes(five), "another log");
    }

    @Test
    void is_never_signed_with_a_root_that_the_tree_does_not_have() {
      var wrong = new Checkpoint(ORIGIN, 5, MerkleTree.emptyRoot());

      refused(open(), wrong, hashes(entries(5, "entry")), "does not have the root");
      assertThat(path()).doesNotExist();
    }

    @Test
    void is_not_opened_once_it_was_changed() throws IOException {
      var five = entries(5, "entry");
      String note = open().publish(checkpoint(five), hashes(five));
      Files.writeString(path(), note.replace("\n5\n", "\n4\n"));

      assertThatExceptionOfType(EvidenceRejected.class).isThrownBy(this::open);
    }

    private void refused(CheckpointFile file, Checkpoint next, HashSource hashes, String reason) {
      assertThatExceptionOfType(EvidenceRejected.class)
          .isThrownBy(() -> file.publish(next, hashes))
          .withMessageContaining(reason);
    }

    private CheckpointFile open() {
      return CheckpointFile.open(path(), SIGNER);
    }

    private Path path() {
      return directory.resolve("checkpoint");
    }
  }

  private static List<byte[]> entries(int count, String word) {
    var entries = new ArrayList<byte[]>();
    for (int i = 0; i < count; i++) {
      entries.add(bytes(word + " " + i));
    }
    return entries;
  }

  private static Checkpoint checkpoint(List<byte[]> entries) {
    return new Checkpoint(
        ORIGIN,
        entries.size(),
        MerkleTree.root(entries.stream().map(MerkleTree::leafHash).toList()));
  }

  private static HashSource hashes(List<byte[]> entries) {
    List<byte[]> leaves = entries.stream().map(MerkleTree::leafHash).toList();
    return (level, index) -> {
      int from = Math.toIntExact(index << level);
      return MerkleTree.root(leaves.subList(from, from + (1 << level)));
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
