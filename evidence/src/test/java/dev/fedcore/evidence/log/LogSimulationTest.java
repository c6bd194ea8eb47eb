package dev.fedcore.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.merkle.MerkleTree;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.CheckpointFile;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.testing.ForAll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The life of a log under any sequence of appends, flushes, publications, clean-ups and crashes.
///
/// A crash forgets the writer and everything above the last checkpoint, and may leave half a file
/// of what no checkpoint covers. The entries are kept elsewhere, and come again.
class LogSimulationTest {

  private static final NoteSigner SIGNER = NoteSigner.generate("log.example");

  @TempDir Path scratch;

  /// What happens next; `count` is how many entries are appended.
  private record Event(Kind kind, int count) {}

  private enum Kind {
    APPEND,
    FLUSH,
    PUBLISH,
    CLEAN_UP,
    CRASH,
    CRASH_WITH_HALF_A_FILE
  }

  @Test
  void every_checkpoint_that_was_ever_published_can_still_be_proven() throws IOException {
    var folders = new ArrayList<Path>();
    for (int i = 0; i < 400; i++) {
      folders.add(Files.createTempDirectory(scratch, "log"));
    }
    var unused = folders.iterator();
    ForAll.listsOf(LogSimulationTest::event, 25)
        .seeds(
            60,
            events -> {
              var world = new World(unused.next());
              events.forEach(world::happens);
              world.check();
            });
  }

  private static Event event(RandomGenerator random) {
    return new Event(ForAll.oneOf(random, Kind.values()), 1 + random.nextInt(300));
  }

  private static final class World {

    private final Path directory;
    private final List<Checkpoint> published = new ArrayList<>();
    private TileLog log;

    World(Path directory) {
      this.directory = directory;
      this.log = TileLog.open(directory);
    }

    void happens(Event event) {
      switch (event.kind) {
        case APPEND -> log.append(entries(log.size(), event.count));
        case FLUSH -> log.flush();
        case PUBLISH -> publish();
        case CLEAN_UP -> log.removeSupersededPartials(publishedSize());
        case CRASH -> reopen();
        case CRASH_WITH_HALF_A_FILE -> {
          halve(TilePath.tile(0, publishedSize() / TilePath.FULL + 1, TilePath.FULL));
          reopen();
        }
      }
    }

    void check() {
      publish();
      var tiles = new DirectoryTiles(directory);
      var newest = published.getLast();
      assertThat(newest.root()).isEqualTo(root(newest.size()));
      for (Checkpoint older : published) {
        if (older.size() > 0) {
          assertThat(
                  LogProofs.consistency(tiles, older.size(), newest.size())
                      .verify(older.root(), newest.root()))
              .isTrue();
          long last = older.size() - 1;
          assertThat(
                  LogProofs.inclusion(tiles, last, older.size()).verify(leaf(last), older.root()))
              .isTrue();
          assertThat(EntryBundle.read(tiles, last / TilePath.FULL, older.size()).getLast())
              .isEqualTo(entry(last));
        }
      }
      assertThat(TileLog.open(directory).root()).isEqualTo(newest.root());
    }

    private void publish() {
      log.flush();
      var checkpoint = new Checkpoint(SIGNER.name(), log.size(), log.root());
      CheckpointFile.open(directory.resolve(TileLog.CHECKPOINT), SIGNER)
          .publish(checkpoint, new TileHashes(new DirectoryTiles(directory), log.size()));
      published.add(checkpoint);
    }

    private long publishedSize() {
      return published.isEmpty() ? 0 : published.getLast().size();
    }

    private void reopen() {
      log = TileLog.open(directory);
      assertThat(log.size()).isEqualTo(publishedSize());
    }

    private void halve(String path) {
      Path file = directory.resolve(path);
      if (!Files.exists(file)) {
        return;
      }
      try {
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static List<byte[]> entries(long from, int count) {
    return Stream.iterate(from, index -> index + 1)
        .limit(count)
        .map(LogSimulationTest::entry)
        .toList();
  }

  private static byte[] entry(long index) {
    return Sha256.digest(ByteBuffer.allocate(Long.BYTES).putLong(index).array());
  }

  private static byte[] leaf(long index) {
    return MerkleTree.leafHash(entry(index));
  }

  private static byte[] root(long size) {
    return MerkleTree.root(entries(0, (int) size).stream().map(MerkleTree::leafHash).toList());
  }
}
