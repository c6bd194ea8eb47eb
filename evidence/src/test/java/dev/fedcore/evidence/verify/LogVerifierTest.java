package dev.fedcore.evidence.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.log.DirectoryTiles;
import dev.fedcore.evidence.log.TileLog;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.CheckpointTrust;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.NoteVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogVerifierTest {

  private static final int SIZE = 600;
  private static final NoteSigner SIGNER = NoteSigner.generate("log.example");
  private static final CheckpointTrust KEYS =
      CheckpointTrust.inKeys(List.of(NoteVerifier.parse(SIGNER.verifierKey())));
  private static final List<String> HASHES =
      IntStream.range(0, SIZE).mapToObj(i -> Sha256.hex(new byte[] {(byte) i, 1})).toList();

  @TempDir Path directory;
  private byte[] early = {};
  private byte[] checkpoint = {};

  @BeforeEach
  void a_log_over_all_entries() {
    var log = TileLog.open(directory);
    append(log, HASHES.subList(0, 200));
    early = sign(log);
    append(log, HASHES.subList(200, SIZE));
    checkpoint = sign(log);
  }

  @Test
  void a_log_that_agrees_with_the_ledger_is_verified() {
    var report = verify(HASHES);

    assertThat(report.findings()).isEmpty();
    assertThat(report.entries()).isEqualTo(SIZE);
  }

  @Test
  void an_entry_that_was_changed_left_out_or_added_is_found() {
    var changed = new ArrayList<>(HASHES);
    changed.set(300, Sha256.hex(new byte[] {9}));
    assertThat(codes(verify(changed))).containsOnly(Finding.LOG);
    assertThat(verify(changed).findings()).extracting(Finding::where).contains("log entry 300");

    assertThat(codes(verify(HASHES.subList(0, SIZE - 1)))).contains(Finding.MISSING, Finding.LOG);
    var longer = new ArrayList<>(HASHES);
    longer.add(Sha256.hex(new byte[] {9}));
    assertThat(codes(verify(longer))).containsExactly(Finding.EXTRA);
    var nonsense = new ArrayList<>(HASHES);
    nonsense.set(0, "no hash");
    assertThat(codes(verify(nonsense))).contains(Finding.LOG);
  }

  @Test
  void any_changed_or_missing_file_of_the_log_is_found() throws IOException {
    var files = new ArrayList<Path>();
    for (String path :
        List.of("0/000", "0/001", "0/002.p/88", "1/000.p/2", "entries/000", "entries/002.p/88")) {
      files.add(directory.resolve("tile").resolve(path));
    }
    for (Path file : files) {
      byte[] good = Files.readAllBytes(file);
      byte[] bad = good.clone();
      bad[bad.length / 2] ^= 4;
      Files.write(file, bad);
      assertThat(codes(verify(HASHES))).as("changed %s", file).contains(Finding.LOG);
      Files.delete(file);
      assertThat(codes(verify(HASHES))).as("deleted %s", file).contains(Finding.LOG);
      Files.write(file, good);
    }
    assertThat(verify(HASHES).verified()).isTrue();
  }

  @Test
  void a_checkpoint_of_another_key_is_found() {
    var stranger = NoteVerifier.parse(NoteSigner.generate("log.example").verifierKey());

    var report =
        LogVerifier.verify(HASHES, tiles(), checkpoint, CheckpointTrust.inKeys(List.of(stranger)));

    assertThat(codes(report)).containsExactly(Finding.LOG);
  }

  @Test
  void growth_from_an_older_checkpoint_is_verified_and_a_rewritten_log_is_found() {
    assertThat(LogVerifier.verifyGrowth(early, checkpoint, tiles(), KEYS).findings()).isEmpty();
    assertThat(LogVerifier.verifyGrowth(checkpoint, early, tiles(), KEYS).verified()).isFalse();

    byte[] other = signed(200, Sha256.digest(new byte[0]));
    assertThat(codes(LogVerifier.verifyGrowth(other, checkpoint, tiles(), KEYS)))
        .containsExactly(Finding.LOG);
    byte[] empty = signed(0, Sha256.digest(new byte[0]));
    assertThat(LogVerifier.verifyGrowth(empty, checkpoint, tiles(), KEYS).verified()).isTrue();
    assertThat(LogVerifier.verifyGrowth(early, checkpoint, _ -> Optional.empty(), KEYS).verified())
        .isFalse();
  }

  private VerificationReport verify(List<String> hashes) {
    return LogVerifier.verify(hashes, tiles(), checkpoint, KEYS);
  }

  private static List<String> codes(VerificationReport report) {
    return report.findings().stream().map(Finding::code).toList();
  }

  private DirectoryTiles tiles() {
    return new DirectoryTiles(directory);
  }

  private static void append(TileLog log, List<String> hashes) {
    log.append(hashes.stream().map(Sha256::parseHex).toList());
    log.flush();
  }

  private static byte[] sign(TileLog log) {
    return signed(log.size(), log.root());
  }

  private static byte[] signed(long size, byte[] root) {
    String text = new Checkpoint(SIGNER.name(), size, root).text();
    return SIGNER.sign(text).getBytes(StandardCharsets.UTF_8);
  }
}
