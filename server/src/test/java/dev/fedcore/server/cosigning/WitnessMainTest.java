package dev.fedcore.server.cosigning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.merkle.MerkleTree;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.Note;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.witness.AddCheckpoint;
import dev.fedcore.server.WitnessMain;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// The program `fedcore witness`, in this process and in one of its own that is killed.
class WitnessMainTest {

  private static final NoteSigner LOG = NoteSigner.generate("log.example");

  @TempDir private Path directory;

  private Path key = Path.of("");
  private Path memory = Path.of("");
  private Path logs = Path.of("");

  @BeforeEach
  void a_list_of_logs() throws IOException {
    key = directory.resolve("witness.key");
    memory = directory.resolve("memory");
    logs = directory.resolve("logs");
    Files.writeString(logs, "log " + LOG.verifierKey() + "\n");
  }

  /// What one command line came to.
  private record Ended(int code, String out, String err) {}

  private static Ended executed(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    CommandLine line = WitnessMain.commandLine();
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = line.execute(arguments);
    assertThat(err.toString()).doesNotContain("Exception");
    return new Ended(code, out.toString().strip(), err.toString());
  }

  private Ended makesKey(String... more) {
    var words = new ArrayList<>(List.of("key", "--key", key.toString()));
    words.addAll(List.of("--data", memory.toString()));
    words.addAll(List.of(more));
    return executed(words.toArray(String[]::new));
  }

  private Ended starts() {
    return executed(
        "--key", key.toString(), "--logs", logs.toString(), "--data", memory.toString());
  }

  @Test
  void a_key_is_made_once_and_shown_as_often_as_one_likes() throws IOException {
    Ended made = makesKey("--name", "w.example/1");

    assertThat(made.code()).isZero();
    assertThat(NoteVerifier.parse(made.out()).isCosigner()).isTrue();
    assertThat(Files.getPosixFilePermissions(key))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    assertThat(makesKey()).isEqualTo(made);
    assertThat(makesKey("--name", "w.example/other")).isEqualTo(made);
  }

  @Test
  void a_new_key_has_a_name() {
    assertThat(makesKey().code()).isEqualTo(64);
    assertThat(makesKey("--name", "no spaces").code()).isEqualTo(64);
    assertThat(key).doesNotExist();
  }

  @Test
  void a_key_that_everybody_may_read_is_refused() throws IOException {
    makesKey("--name", "w.example/1");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

    assertThat(starts().code()).isEqualTo(78);
    assertThat(starts().err()).contains("chmod 600");
  }

  @Test
  void without_its_memory_a_key_does_not_cosign() throws IOException {
    makesKey("--name", "w.example/1");
    Files.delete(memory.resolve("witness.db"));

    assertThat(starts().code()).isEqualTo(78);
    assertThat(starts().err()).contains("must not cosign again");
    assertThat(makesKey().code()).isEqualTo(78);
  }

  @Test
  void what_is_missing_or_wrong_is_said() throws IOException {
    assertThat(executed().code()).isEqualTo(64);
    assertThat(starts().err()).contains("there is no key file");
    makesKey("--name", "w.example/1");
    Files.writeString(logs, "\nlog nonsense\n");
    assertThat(starts().code()).isEqualTo(78);
    assertThat(starts().err()).contains("line 2");
    Files.writeString(key, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    assertThat(starts().err()).contains("no witness key");
  }

  @Test
  void what_was_cosigned_outlives_kill_9() throws Exception {
    NoteVerifier witness = NoteVerifier.parse(makesKey("--name", "w.example/1").out());
    byte[] first = AddCheckpoint.format(0, List.of(), note(5, "entry"));

    Process process = start();
    HttpResponse<String> cosigned = add(address(process), first);
    process.destroyForcibly().waitFor();
    assertThat(cosigned.statusCode()).isEqualTo(200);
    String whole = note(5, "entry") + cosigned.body();
    assertThat(Note.parse(whole.getBytes(UTF_8)).signatureOf(witness)).isPresent();

    Process again = start();
    try {
      URI address = address(again);
      assertThat(add(address, first).body()).isEqualTo("5\n");
      assertThat(add(address, AddCheckpoint.format(5, List.of(), note(5, "fork"))).statusCode())
          .isEqualTo(409);
      assertThat(add(address, AddCheckpoint.format(0, List.of(), note(3, "fork"))).statusCode())
          .isEqualTo(409);
      assertThat(add(address, AddCheckpoint.format(5, List.of(), note(5, "entry"))).statusCode())
          .isEqualTo(200);
    } finally {
      again.destroy();
      assertThat(again.waitFor()).isEqualTo(143);
    }
  }

  private Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            WitnessMain.class.getName(),
            "--key",
            key.toString(),
            "--logs",
            logs.toString(),
            "--data",
            memory.toString(),
            "--port",
            "0")
        .redirectError(directory.resolve("witness.log").toFile())
        .start();
  }

  private static URI address(Process process) throws IOException {
    var out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String line = out.readLine();
    while (line != null && !line.contains("listens on ")) {
      line = out.readLine();
    }
    assertThat(line).isNotNull();
    return URI.create(String.valueOf(line).replaceFirst(".*listens on ", ""));
  }

  private static HttpResponse<String> add(URI address, byte[] body) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(address.resolve("/add-checkpoint"))
              .POST(HttpRequest.BodyPublishers.ofByteArray(body))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  private static String note(int size, String what) {
    byte[] root = MerkleTree.leafHash((what + size).getBytes(UTF_8));
    return LOG.sign(new Checkpoint(LOG.name(), size, root).text());
  }
}
