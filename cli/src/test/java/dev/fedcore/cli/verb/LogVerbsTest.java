package dev.fedcore.cli.verb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.fedcore.cli.terminal.Shell;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.log.DirectoryTiles;
import dev.fedcore.evidence.log.LogProofs;
import dev.fedcore.evidence.log.TileHashes;
import dev.fedcore.evidence.log.TileLog;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.CheckpointFile;
import dev.fedcore.evidence.note.Cosigner;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.TlogProof;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A log as a server shows it, a witness with a memory of it, and an auditor between them.
class LogVerbsTest {

  private static final NoteSigner LOG = NoteSigner.generate("log.example");
  private static final Cosigner WITNESS = Cosigner.generate("w.example");
  private static final Instant TIME = Instant.parse("2026-01-31T10:00:00Z");

  @TempDir private Path directory;

  private Shell shell = new Shell(Path.of(""), Map.of(), () -> TIME, CommandTree::execute);
  private HttpServer server;
  private HttpServer witness;

  @BeforeEach
  void listen() throws IOException {
    server = files("server");
    witness = files("witness");
    shell = new Shell(directory, Map.of(), () -> TIME, CommandTree::execute);
    policy("quorum w\n");
  }

  @AfterEach
  void stop() {
    server.stop(0);
    witness.stop(0);
  }

  private HttpServer files(String folder) throws IOException {
    Path root = Files.createDirectory(directory.resolve(folder)).toRealPath();
    var started =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            root,
            SimpleFileServer.OutputLevel.NONE);
    started.start();
    return started;
  }

  private void policy(String quorum) throws IOException {
    Files.writeString(
        directory.resolve("policy"),
        "log %s\nwitness w %s %s\n%s"
            .formatted(LOG.verifierKey(), WITNESS.verifierKey(), url(witness), quorum));
  }

  private static String url(HttpServer server) {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Nested
  class A_monitor {

    @Test
    void finds_nothing_wrong_with_a_log_that_its_witness_saw() throws IOException {
      shows(log(300, "honest"), 300);
      saw(log(300, "honest"), 300);

      assertThat(monitors()).isZero();
      assertThat(shell.out()).startsWith("verified: 300 entries").contains("witness w saw 300");
    }

    @Test
    void finds_nothing_wrong_with_a_witness_that_is_behind_or_a_little_ahead() throws IOException {
      shows(log(300, "honest"), 280);
      saw(log(300, "honest"), 300);
      assertThat(monitors()).isZero();

      saw(log(300, "honest"), 100);
      assertThat(monitors()).isZero();
    }

    @Test
    void finds_a_fork_of_the_same_size() throws IOException {
      shows(log(300, "fork"), 300);
      saw(log(300, "honest"), 300);

      assertThat(monitors()).isEqualTo(1);
      assertThat(shell.out()).contains("FC-INT-007  witness w: the log is forked");
    }

    @Test
    void finds_a_fork_before_and_behind_the_head() throws IOException {
      shows(log(300, "fork"), 300);
      saw(log(300, "honest"), 200);
      assertThat(monitors()).isEqualTo(1);
      assertThat(shell.out()).contains("forked");

      shows(log(300, "fork"), 200);
      saw(log(300, "honest"), 300);
      assertThat(monitors()).isEqualTo(1);
      assertThat(shell.out()).contains("forked");
    }

    @Test
    void finds_entries_that_are_hidden() throws IOException {
      shows(log(100, "honest"), 100);
      saw(log(300, "honest"), 300);

      assertThat(monitors()).isEqualTo(1);
      assertThat(shell.out()).contains("hides entries").contains("saw 300");
    }

    @Test
    void finds_a_tile_and_an_entry_that_were_changed() throws IOException {
      shows(log(300, "honest"), 300);
      saw(log(300, "honest"), 300);
      flip(directory.resolve("server/log/tile/0/000"));
      assertThat(monitors()).isEqualTo(1);
      assertThat(shell.out()).contains("tile/0/000");

      shows(log(300, "honest"), 300);
      flip(directory.resolve("server/log/tile/entries/001.p/44"));
      assertThat(monitors()).isEqualTo(1);
    }

    @Test
    void finds_a_checkpoint_that_the_quorum_did_not_cosign() throws IOException {
      Path log = log(300, "honest");
      shows(log, 300);
      saw(log, 300);
      Files.writeString(directory.resolve("server/log/checkpoint"), signed(log, 300));

      assertThat(monitors()).isEqualTo(1);
      assertThat(shell.out()).contains("quorum w is not met");
    }

    @Test
    void needs_to_hear_of_a_quorum_of_witnesses() throws IOException {
      shows(log(300, "honest"), 300);
      assertThat(monitors()).isEqualTo(1);
      assertThat(shell.out()).contains("too few could be asked");

      policy("quorum none\n");
      assertThat(monitors()).isZero();
      assertThat(shell.err()).contains("witness w answers 404");
    }

    @Test
    void believes_no_head_that_log_and_witness_did_not_both_sign() throws IOException {
      Path log = log(300, "honest");
      shows(log, 300);
      saw(log, 300);
      Files.writeString(head(), signed(log, 300));

      assertThat(monitors()).isEqualTo(1);
      assertThat(shell.out()).contains("lacks its cosignature");
    }

    @Test
    void compares_with_what_it_kept_and_keeps_what_it_saw() throws IOException {
      shows(log(200, "honest"), 200);
      saw(log(200, "honest"), 200);
      assertThat(monitors("--kept", "kept")).isZero();
      byte[] kept = Files.readAllBytes(directory.resolve("kept"));

      shows(log(300, "fork"), 300);
      saw(log(300, "fork"), 300);
      assertThat(monitors("--kept", "kept")).isEqualTo(1);
      assertThat(shell.out()).contains("size 300 is not a continuation of size 200");
      assertThat(Files.readAllBytes(directory.resolve("kept"))).isEqualTo(kept);

      shows(log(300, "honest"), 300);
      saw(log(300, "honest"), 300);
      assertThat(monitors("--kept", "kept", "--json")).isZero();
      assertThat(shell.out()).contains("\"verified\":true", "\"size\":300");
      assertThat(Files.readString(directory.resolve("kept"))).startsWith("log.example\n300\n");
    }

    private int monitors(String... more) {
      var words =
          new ArrayList<>(List.of("log", "monitor", "--url", url(server), "--policy", "policy"));
      words.addAll(List.of(more));
      return shell.run(words.toArray(String[]::new));
    }
  }

  @Nested
  class An_auditor {

    @Test
    void is_shown_who_cosigned_a_checkpoint_and_when() throws IOException {
      shows(log(300, "honest"), 300);

      assertThat(shell.run("log", "checkpoint", "--url", url(server), "--policy", "policy"))
          .isZero();
      assertThat(shell.out()).contains("  witness w, " + TIME);
    }

    @Test
    void proves_an_entry_under_a_cosigned_checkpoint_and_verifies_it_offline() throws IOException {
      Path log = log(300, "honest");
      shows(log, 300);
      String hash = Sha256.hexOf(entry("honest", 7));

      assertThat(
              shell.run(
                  "log", "prove", "7", "--url", url(server), "--policy", "policy", "--out", "p"))
          .isZero();
      assertThat(Files.readString(directory.resolve("p"))).contains("— w.example ");
      assertThat(shell.run("log", "verify", "p", "--entry", hash, "--policy", "policy")).isZero();
      assertThat(shell.out()).contains("witness w");
    }

    @Test
    void refuses_a_proof_whose_checkpoint_nobody_cosigned() throws IOException {
      Path log = log(300, "honest");
      var hashes = LogProofs.inclusion(new DirectoryTiles(log), 7, 300).hashes();
      var proof = new TlogProof(7, hashes, signed(log, 300));
      Files.writeString(directory.resolve("p"), proof.format());
      String hash = Sha256.hexOf(entry("honest", 7));

      assertThat(shell.run("log", "verify", "p", "--entry", hash, "--policy", "policy"))
          .isEqualTo(1);
      assertThat(shell.err()).contains("quorum w is not met");
      Files.writeString(directory.resolve("key"), LOG.verifierKey() + "\n");
      assertThat(shell.run("log", "verify", "p", "--entry", hash, "--key", "key")).isZero();
    }

    @Test
    void says_whom_to_believe() throws IOException {
      Files.writeString(directory.resolve("p"), "x");
      assertThat(shell.run("log", "verify", "p")).isEqualTo(64);

      Files.writeString(directory.resolve("policy"), "quorum w\n");
      assertThat(shell.run("log", "verify", "p", "--policy", "policy")).isEqualTo(66);
      assertThat(shell.err()).contains("line 1: names w");

      Files.writeString(directory.resolve("policy"), "quorum none\n");
      assertThat(shell.run("log", "verify", "p", "--policy", "policy")).isEqualTo(64);
      assertThat(shell.err()).contains("names no log");
    }
  }

  private static byte[] entry(String past, int i) {
    return Sha256.digest((i < 50 ? "common" + i : past + i).getBytes(UTF_8));
  }

  /// A log of that many entries; logs of different pasts have the first fifty in common.
  private Path log(int size, String past) {
    Path folder = directory.resolve(past + size);
    if (Files.exists(folder)) {
      return folder;
    }
    var log = TileLog.open(folder);
    for (int published : new int[] {100, 200, 280, 300}) {
      if (published <= size) {
        log.append(
            IntStream.range((int) log.size(), published).mapToObj(i -> entry(past, i)).toList());
        log.flush();
        var tiles = new TileHashes(new DirectoryTiles(folder), published);
        CheckpointFile.open(folder.resolve("signed"), LOG)
            .publish(new Checkpoint(LOG.name(), published, log.root()), tiles);
      }
    }
    return folder;
  }

  private static String signed(Path log, int size) {
    byte[] root = LogProofs.root(new DirectoryTiles(log), size);
    return LOG.sign(new Checkpoint(LOG.name(), size, root).text());
  }

  private static String cosigned(Path log, int size) {
    String note = signed(log, size);
    return note + WITNESS.cosign(note.substring(0, note.indexOf("\n\n") + 1), TIME);
  }

  /// The server shows the first entries of that log.
  private void shows(Path log, int size) throws IOException {
    Path shown = directory.resolve("server/log");
    delete(shown);
    copy(log, shown);
    Files.writeString(shown.resolve("checkpoint"), cosigned(log, size));
  }

  /// The witness cosigned the first entries of that log.
  private void saw(Path log, int size) throws IOException {
    Files.createDirectories(head().getParent());
    Files.writeString(head(), cosigned(log, size));
  }

  private Path head() {
    return directory.resolve(
        "witness/%s/checkpoint".formatted(Sha256.hex(LOG.name().getBytes(UTF_8))));
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (var files = Files.walk(folder)) {
      for (Path file : files.toList().reversed()) {
        Files.delete(file);
      }
    }
  }
}
