package dev.fedcore.pillars.witness;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.merkle.ConsistencyProof;
import dev.fedcore.evidence.merkle.HashSource;
import dev.fedcore.evidence.merkle.MerkleTree;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.Cosigner;
import dev.fedcore.evidence.note.Note;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.witness.AddCheckpoint;
import dev.fedcore.evidence.witness.WitnessPolicy.Log;
import dev.fedcore.http.Problem;
import dev.fedcore.pillars.served.Document;
import dev.fedcore.pillars.served.Served;
import dev.fedcore.pillars.served.Served.Answer;
import dev.fedcore.pillars.served.SettableClock;
import dev.fedcore.sqlite.StoreRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WitnessTest {

  private static final Instant START = Instant.parse("2026-01-31T10:00:00Z");
  private static final Cosigner WITNESS = Cosigner.generate("witness.example/w1");
  private static final NoteVerifier KEY = NoteVerifier.parse(WITNESS.verifierKey());
  private static final NoteSigner LOG = NoteSigner.generate("log.example/one");
  private static final NoteSigner OTHER_LOG = NoteSigner.generate("log.example/two");
  private static final List<byte[]> LEAVES = leaves("entry");
  private static final List<byte[]> FORKED = leaves("other");
  private static final String STORE = "witness.db";

  @TempDir private Path directory;

  private final SettableClock clock = new SettableClock(START);
  private Witness witness;
  private Served served;

  @BeforeEach
  void make() {
    Witness.make(directory, WITNESS);
    open();
  }

  private void open() {
    witness = Witness.open(directory, WITNESS, List.of(log(LOG), log(OTHER_LOG)), clock);
    served = Served.over(witness.routes(), Problem::toResponse, Document.beside(Witness.class));
  }

  @AfterEach
  void close() {
    served.close();
    witness.close();
  }

  @Test
  void what_has_grown_is_cosigned_with_the_time() {
    String first = cosigned(add(LOG, 0, 5, LEAVES));
    clock.pass(Duration.ofSeconds(7));
    String second = cosigned(add(LOG, 5, 12, LEAVES));

    assertThat(time(LOG, 5, LEAVES, first)).isEqualTo(START);
    assertThat(time(LOG, 12, LEAVES, second)).isEqualTo(START.plusSeconds(7));
  }

  @Test
  void the_same_once_more_is_cosigned_once_more() {
    cosigned(add(LOG, 0, 5, LEAVES));
    clock.pass(Duration.ofSeconds(7));

    assertThat(time(LOG, 5, LEAVES, cosigned(add(LOG, 5, 5, LEAVES))))
        .isEqualTo(START.plusSeconds(7));
  }

  @Test
  void a_clock_that_is_set_back_does_not_put_a_larger_tree_before_a_smaller_one() {
    cosigned(add(LOG, 0, 5, LEAVES));
    clock.set(START.minusSeconds(60));

    assertThat(time(LOG, 7, LEAVES, cosigned(add(LOG, 5, 7, LEAVES)))).isEqualTo(START);
  }

  @Test
  void another_root_of_the_same_size_is_not_cosigned() {
    cosigned(add(LOG, 0, 5, LEAVES));

    conflicts(add(LOG, 5, 5, FORKED), 5);
    assertThat(remembered()).isEqualTo(checkpoint(LOG, 5, LEAVES));
  }

  @Test
  void a_smaller_tree_is_not_cosigned() {
    cosigned(add(LOG, 0, 9, LEAVES));

    conflicts(add(LOG, 0, 5, LEAVES), 9);
    conflicts(add(LOG, 3, 5, LEAVES), 9);
    assertThat(send(AddCheckpoint.format(9, List.of(), note(LOG, 5, LEAVES))).status())
        .isEqualTo(400);
    assertThat(remembered()).isEqualTo(checkpoint(LOG, 9, LEAVES));
  }

  @Test
  void a_tree_that_does_not_contain_the_last_one_is_not_cosigned() {
    cosigned(add(LOG, 0, 5, LEAVES));

    assertThat(add(LOG, 5, 9, FORKED).status()).isEqualTo(422);
    assertThat(send(AddCheckpoint.format(5, List.of(), note(LOG, 9, LEAVES))).status())
        .isEqualTo(422);
    var altered = new ArrayList<>(proof(5, 9, LEAVES));
    altered.set(0, MerkleTree.emptyRoot());
    assertThat(send(AddCheckpoint.format(5, altered, note(LOG, 9, LEAVES))).status())
        .isEqualTo(422);
    assertThat(remembered()).isEqualTo(checkpoint(LOG, 5, LEAVES));
    cosigned(add(LOG, 5, 9, LEAVES));
  }

  @Test
  void a_log_that_is_not_known_or_has_not_signed_is_turned_away() {
    var stranger = NoteSigner.generate("stranger.example");
    var pretender = NoteSigner.generate(LOG.name());
    String text = checkpoint(LOG, 5, LEAVES).text();

    assertThat(add(stranger, 0, 5, LEAVES).status()).isEqualTo(404);
    assertThat(add(pretender, 0, 5, LEAVES).status()).isEqualTo(403);
    assertThat(send(AddCheckpoint.format(0, List.of(), OTHER_LOG.sign(text))).status())
        .isEqualTo(403);
  }

  @Test
  void one_log_says_nothing_about_another() {
    cosigned(add(LOG, 0, 9, LEAVES));

    conflicts(add(OTHER_LOG, 9, 12, LEAVES), 0);
    cosigned(add(OTHER_LOG, 0, 5, FORKED));
    assertThat(remembered()).isEqualTo(checkpoint(LOG, 9, LEAVES));
  }

  @Test
  void of_two_requests_that_race_for_a_fork_one_wins() throws Exception {
    cosigned(add(LOG, 0, 3, LEAVES));
    for (int size = 4; size <= 13; size++) {
      int from = size - 1;
      int to = size;
      clock.pass(Duration.ofSeconds(1));
      List<Callable<Integer>> race =
          List.of(
              () -> add(LOG, from, to, LEAVES).status(),
              () -> send(body(LOG, from, to, forkedAt(from))).status());
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Integer> statuses =
            threads.invokeAll(race).stream().map(each -> each.resultNow()).toList();

        assertThat(statuses).filteredOn(status -> status == 200).hasSize(1);
      }
      if (!remembered().equals(checkpoint(LOG, size, LEAVES))) {
        return; // the fork was first, and is now the past that is kept
      }
    }
  }

  @Test
  void what_was_cosigned_is_remembered_by_the_next_process() {
    cosigned(add(LOG, 0, 9, LEAVES));
    close();
    open();

    conflicts(add(LOG, 0, 5, FORKED), 9);
    assertThat(add(LOG, 9, 12, FORKED).status()).isEqualTo(422);
    cosigned(add(LOG, 9, 12, LEAVES));
  }

  @Test
  void a_witness_that_has_lost_its_memory_does_not_start() throws IOException {
    close();
    Files.delete(directory.resolve(STORE));

    assertThatThrownBy(this::open)
        .isInstanceOf(StoreRefused.class)
        .hasMessageContaining("must not cosign again");
    make();
  }

  @Test
  void another_key_does_not_take_over_a_memory() {
    close();
    var other = Cosigner.generate("witness.example/w2");

    assertThatThrownBy(() -> Witness.make(directory, other)).isInstanceOf(StoreRefused.class);
    assertThatThrownBy(() -> Witness.open(directory, other, List.of(log(LOG)), clock))
        .isInstanceOf(StoreRefused.class)
        .hasMessageContaining("one key");
    make();
  }

  @Test
  void monitors_read_the_newest_checkpoint_with_both_signatures() {
    assertThat(monitored().status()).isEqualTo(404);
    cosigned(add(LOG, 0, 5, LEAVES));
    cosigned(add(LOG, 5, 9, LEAVES));

    var keys = List.of(NoteVerifier.parse(LOG.verifierKey()), KEY);
    assertThat(Note.parse(monitored().body()).verifiedBy(keys)).isEqualTo(keys);
    assertThat(remembered().size()).isEqualTo(9);
    assertThat(served.get("/" + "0".repeat(64) + "/checkpoint").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "old 5", "old x\n\n", "{}", "old 0\n\nlog.example/one\n"})
  void what_is_no_request_is_a_400(String body) {
    Answer answer = send(body.getBytes(UTF_8));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("/code")).isEqualTo("MALFORMED_REQUEST");
  }

  @Test
  void a_request_has_at_most_64_KiB_and_16_signatures() {
    byte[] many =
        AddCheckpoint.format(
            0, List.of(), note(LOG, 5, LEAVES) + "— x.example AAAAAAAA\n".repeat(16));

    assertThat(send(new byte[(1 << 16) + 1]).status()).isEqualTo(413);
    assertThat(send(many).status()).isEqualTo(400);
  }

  @Test
  void one_log_is_cosigned_twenty_times_a_second() {
    cosigned(add(LOG, 0, 5, LEAVES));
    for (int i = 1; i < 20; i++) {
      cosigned(add(LOG, 5, 5, LEAVES));
    }
    Answer refused = add(LOG, 5, 5, LEAVES);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.header("Retry-After")).isEqualTo("1");
    cosigned(add(OTHER_LOG, 0, 5, LEAVES));
    clock.pass(Duration.ofSeconds(1));
    cosigned(add(LOG, 5, 9, LEAVES));
  }

  @Test
  void bad_signatures_are_looked_at_two_hundred_times_a_second() {
    var pretender = NoteSigner.generate(LOG.name());
    for (int i = 0; i < 200; i++) {
      assertThat(add(pretender, 0, 5, LEAVES).status()).isEqualTo(403);
    }

    assertThat(add(LOG, 0, 5, LEAVES).status()).isEqualTo(429);
    clock.pass(Duration.ofSeconds(1));
    cosigned(add(LOG, 0, 5, LEAVES));
  }

  @Test
  void it_says_who_it_is_and_what_it_does() {
    assertThat(served.get("/health").text("/name")).isEqualTo(WITNESS.name());
    assertThat(new String(served.get("/key").body(), UTF_8))
        .isEqualTo(WITNESS.verifierKey() + "\n");
    Set<String> routed =
        witness.routes().stream()
            .map(route -> route.method() + " " + route.pattern())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(routed).isEqualTo(Document.beside(Witness.class).operations());
    assertThat(served.get("/openapi.json").status()).isEqualTo(200);
  }

  private Answer add(NoteSigner log, int old, int size, List<byte[]> leaves) {
    return send(body(log, old, size, leaves));
  }

  private Answer send(byte[] body) {
    return served.send("POST", "/add-checkpoint", body, "Content-Type", "text/plain");
  }

  private static byte[] body(NoteSigner log, int old, int size, List<byte[]> leaves) {
    return AddCheckpoint.format(old, proof(old, size, leaves), note(log, size, leaves));
  }

  private static List<byte[]> proof(int old, int size, List<byte[]> leaves) {
    return old == 0 ? List.of() : ConsistencyProof.build(hashes(leaves), old, size).hashes();
  }

  private static String cosigned(Answer answer) {
    assertThat(answer.status()).isEqualTo(200);
    return new String(answer.body(), UTF_8);
  }

  private static void conflicts(Answer answer, long size) {
    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.header("Content-Type")).isEqualTo("text/x.tlog.size");
    assertThat(new String(answer.body(), UTF_8)).isEqualTo(size + "\n");
  }

  private static Instant time(NoteSigner log, int size, List<byte[]> leaves, String line) {
    Note note = Note.parse((note(log, size, leaves) + line).getBytes(UTF_8));
    return note.signatureOf(KEY).map(KEY::time).orElseThrow();
  }

  private Answer monitored() {
    return served.get("/" + Sha256.hex(LOG.name().getBytes(UTF_8)) + "/checkpoint");
  }

  private Checkpoint remembered() {
    return Checkpoint.parse(Note.open(monitored().body(), List.of(KEY)));
  }

  private static Log log(NoteSigner signer) {
    return new Log(NoteVerifier.parse(signer.verifierKey()), Optional.empty());
  }

  private static String note(NoteSigner log, int size, List<byte[]> leaves) {
    return log.sign(checkpoint(log, size, leaves).text());
  }

  private static Checkpoint checkpoint(NoteSigner log, int size, List<byte[]> leaves) {
    return new Checkpoint(log.name(), size, MerkleTree.root(leaves.subList(0, size)));
  }

  private static HashSource hashes(List<byte[]> leaves) {
    return (level, index) ->
        MerkleTree.root(leaves.subList((int) (index << level), (int) ((index + 1) << level)));
  }

  /// The honest log up to there, and others from there on.
  private static List<byte[]> forkedAt(int index) {
    return IntStream.range(0, LEAVES.size())
        .mapToObj(i -> i < index ? LEAVES.get(i) : FORKED.get(i))
        .toList();
  }

  private static List<byte[]> leaves(String name) {
    return IntStream.range(0, 20)
        .mapToObj(i -> MerkleTree.leafHash((name + i).getBytes(UTF_8)))
        .toList();
  }
}
