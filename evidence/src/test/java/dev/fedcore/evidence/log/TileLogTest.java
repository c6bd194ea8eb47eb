package dev.fedcore.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.merkle.MerkleTree;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.CheckpointFile;
import dev.fedcore.evidence.note.EvidenceRejected;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.testing.ForAll;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TileLogTest {

  private static final NoteSigner SIGNER = NoteSigner.generate("log.example");

  @TempDir Path directory;

  @Test
  void an_empty_log_has_the_empty_root_and_no_files() {
    var log = TileLog.open(directory);

    log.flush();

    assertThat(log.size()).isZero();
    assertThat(log.root()).isEqualTo(MerkleTree.emptyRoot());
    assertThat(LogProofs.root(tiles(), 0)).isEqualTo(MerkleTree.emptyRoot());
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void a_log_of_seventy_thousand_entries_has_the_files_of_the_standard() {
    var log = TileLog.open(directory);
    log.append(entries(0, 70_000));
    log.flush();

    assertThat(directory.resolve("tile/0/272")).hasSize(8192);
    assertThat(directory.resolve("tile/0/273.p/112")).hasSize(112 * 32);
    assertThat(directory.resolve("tile/1/000")).hasSize(8192);
    assertThat(directory.resolve("tile/1/001.p/17")).hasSize(17 * 32);
    assertThat(directory.resolve("tile/2/000.p/1")).hasSize(32);
    assertThat(directory.resolve("tile/entries/273.p/112")).isRegularFile();
    assertThat(directory.resolve("tile/0/273")).doesNotExist();
    assertThat(directory.resolve("tile/3")).doesNotExist();
    assertThat(LogProofs.root(tiles(), 70_000)).isEqualTo(log.root()).isEqualTo(root(70_000));
    for (long index : new long[] {0, 255, 256, 65_535, 65_536, 69_999}) {
      assertThat(LogProofs.inclusion(tiles(), index, 70_000).verify(leaf(index), log.root()))
          .isTrue();
    }
    for (long from : new long[] {1, 256, 65_536, 69_887, 69_888}) {
      log = TileLog.open(directory, 70_000);
      var proof = LogProofs.consistency(tiles(), from, 70_000);
      assertThat(proof.verify(root((int) from), log.root())).isTrue();
    }
  }

  @Test
  void every_size_has_its_root_whatever_the_batches() {
    var logs = new AtomicInteger();
    ForAll.listsOf(random -> 1 + random.nextInt(400), 6)
        .seeds(
            30,
            batches -> {
              Path folder = directory.resolve("log-" + logs.incrementAndGet());
              var log = TileLog.open(folder, 0);
              for (int batch : batches) {
                int from = (int) log.size();
                log.append(entries(from, from + batch));
                log.flush();
                assertThat(log.root()).isEqualTo(root((int) log.size()));
                assertThat(LogProofs.root(new DirectoryTiles(folder), log.size()))
                    .isEqualTo(log.root());
                log = TileLog.open(folder, log.size());
              }
            });
  }

  @Test
  void entries_are_read_back_from_their_bundles() {
    var log = TileLog.open(directory);
    log.append(entries(0, 300));
    log.flush();

    assertThat(EntryBundle.read(tiles(), 0, 300)).hasSize(256).first().isEqualTo(entry(0));
    assertThat(EntryBundle.read(tiles(), 1, 300)).hasSize(44).last().isEqualTo(entry(299));
    assertThatExceptionOfType(EvidenceRejected.class)
        .isThrownBy(() -> EntryBundle.read(tiles(), 2, 300));
  }

  @Test
  void an_entry_may_be_empty_or_as_long_as_its_frame_can_say() {
    var log = TileLog.open(directory);
    byte[] longest = new byte[EntryBundle.ENTRY_BYTES_MAX];
    Arrays.fill(longest, (byte) 7);
    log.append(List.of(new byte[0], longest));
    log.flush();

    assertThat(EntryBundle.read(tiles(), 0, 2)).containsExactly(new byte[0], longest);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> log.append(List.of(new byte[1], new byte[longest.length + 1])));
    assertThat(log.size()).isEqualTo(2);
  }

  @Test
  void nothing_is_written_before_a_flush_and_nothing_twice() throws IOException {
    var log = TileLog.open(directory);
    log.append(entries(0, 10));
    assertThat(directory).isEmptyDirectory();
    assertThat(log.flushedSize()).isZero();
    log.flush();
    var before = files();

    log.flush();

    assertThat(log.flushedSize()).isEqualTo(10);
    assertThat(files()).isEqualTo(before);
    assertThat(before).containsOnlyKeys("tile/0/000.p/10", "tile/entries/000.p/10");
  }

  @Nested
  class Reopened {

    @Test
    void goes_on_where_its_checkpoint_says_and_writes_the_same_files() throws IOException {
      var log = TileLog.open(directory);
      log.append(entries(0, 500));
      log.flush();
      publish(log);
      log.append(entries(500, 900));
      log.flush();
      var before = files();

      var again = TileLog.open(directory);
      assertThat(again.size()).isEqualTo(500);
      again.append(entries(500, 900));
      again.flush();

      assertThat(again.root()).isEqualTo(root(900));
      assertThat(files()).isEqualTo(before);
    }

    @Test
    void may_go_on_in_another_way_where_no_checkpoint_covers_it() {
      var log = TileLog.open(directory);
      log.append(entries(0, 500));
      log.flush();
      publish(log);
      log.append(entries(500, 520));
      log.flush();

      var again = TileLog.open(directory);
      again.append(entries(1000, 1020));
      again.flush();
      publish(again);

      assertThat(LogProofs.root(tiles(), 520)).isEqualTo(again.root());
      assertThat(EntryBundle.read(tiles(), 2, 520).getLast()).isEqualTo(entry(1019));
    }

    @Test
    void reads_a_full_tile_where_the_partial_one_is_gone() {
      var log = TileLog.open(directory);
      log.append(entries(0, 200));
      log.flush();
      log.append(entries(200, 300));
      log.flush();
      log.removeSupersededPartials(300);

      assertThat(directory.resolve("tile/0/000.p")).doesNotExist();
      assertThat(TileLog.open(directory, 200).root()).isEqualTo(root(200));
      assertThat(LogProofs.inclusion(tiles(), 199, 200).verify(leaf(199), root(200))).isTrue();
    }

    @Test
    void is_refused_when_its_right_edge_was_changed() throws IOException {
      var log = TileLog.open(directory);
      log.append(entries(0, 600));
      log.flush();
      publish(log);
      for (String path : List.of("tile/0/002.p/88", "tile/1/000.p/2", "tile/entries/002.p/88")) {
        Path file = directory.resolve(path);
        byte[] good = Files.readAllBytes(file);
        byte[] bad = good.clone();
        bad[good.length - 1] ^= 1;
        Files.write(file, bad);
        refusedToOpen();
        Files.write(file, Arrays.copyOf(good, good.length - 1));
        refusedToOpen();
        Files.delete(file);
        refusedToOpen();
        Files.write(file, good);
      }
      assertThat(TileLog.open(directory).size()).isEqualTo(600);
    }

    private void refusedToOpen() {
      assertThatExceptionOfType(EvidenceRejected.class).isThrownBy(() -> TileLog.open(directory));
    }
  }

  @Nested
  class Partial_tiles {

    @Test
    void stay_until_the_full_tile_is_covered_by_a_checkpoint() {
      var log = TileLog.open(directory);
      log.append(entries(0, 100));
      log.flush();
      log.append(entries(100, 256));
      log.removeSupersededPartials(256);
      assertThat(directory.resolve("tile/0/000.p/100")).as("not durable yet").exists();
      log.flush();
      log.removeSupersededPartials(100);
      assertThat(directory.resolve("tile/0/000.p/100")).as("not covered yet").exists();

      log.removeSupersededPartials(256);

      assertThat(directory.resolve("tile/0/000.p")).doesNotExist();
      assertThat(directory.resolve("tile/entries/000.p")).doesNotExist();
      assertThat(directory.resolve("tile/0/000")).exists();
    }

    @Test
    void of_unfinished_tiles_stay() {
      var log = TileLog.open(directory);
      for (int size = 10; size <= 30; size += 10) {
        log.append(entries(size - 10, size));
        log.flush();
        log.removeSupersededPartials(size);
      }

      assertThat(LogProofs.root(tiles(), 10)).isEqualTo(root(10));
      assertThat(LogProofs.root(tiles(), 20)).isEqualTo(root(20));
    }
  }

  @Test
  void a_comparison_names_each_tile_that_differs_or_is_missing() throws IOException {
    var log = TileLog.open(directory);
    log.append(entries(0, 600));
    log.flush();
    var leaves = leaves(600);
    assertThat(TileComparison.differences(tiles(), leaves)).isEmpty();

    Path file = directory.resolve("tile/0/001");
    byte[] bytes = Files.readAllBytes(file);
    bytes[77] ^= 1;
    Files.write(file, bytes);
    Files.delete(directory.resolve("tile/1/000.p/2"));

    assertThat(TileComparison.differences(tiles(), leaves))
        .containsExactly("tile/0/001", "tile/1/000.p/2");
  }

  @Test
  void a_proof_from_missing_or_short_tiles_is_refused() {
    TileSource none = _ -> Optional.empty();
    TileSource cut = _ -> Optional.of(new byte[31]);

    assertThatExceptionOfType(EvidenceRejected.class).isThrownBy(() -> LogProofs.root(none, 5));
    assertThatExceptionOfType(EvidenceRejected.class)
        .isThrownBy(() -> LogProofs.inclusion(cut, 1, 5));
    assertThat(new DirectoryTiles(directory).tile("../secret")).isEmpty();
  }

  private static void publish(TileLog log, Path directory) {
    CheckpointFile.open(directory.resolve(TileLog.CHECKPOINT), SIGNER)
        .publish(
            new Checkpoint(SIGNER.name(), log.size(), log.root()),
            new TileHashes(new DirectoryTiles(directory), log.size()));
  }

  private void publish(TileLog log) {
    publish(log, directory);
  }

  private TileSource tiles() {
    return new DirectoryTiles(directory);
  }

  private Map<String, String> files() throws IOException {
    var files = new TreeMap<String, String>();
    try (Stream<Path> walk = Files.walk(directory)) {
      for (Path file : walk.filter(Files::isRegularFile).toList()) {
        files.put(directory.relativize(file).toString(), Sha256.hex(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  private static List<byte[]> entries(int from, int to) {
    return IntStream.range(from, to).mapToObj(TileLogTest::entry).toList();
  }

  private static byte[] entry(int index) {
    return Sha256.digest(("entry " + index).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] leaf(long index) {
    return MerkleTree.leafHash(entry((int) index));
  }

  private static List<byte[]> leaves(int size) {
    return entries(0, size).stream().map(MerkleTree::leafHash).toList();
  }

  private static byte[] root(int size) {
    return MerkleTree.root(leaves(size));
  }
}
