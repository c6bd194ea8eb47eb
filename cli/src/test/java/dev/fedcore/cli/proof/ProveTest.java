package dev.fedcore.cli.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.cli.child.ServerProcess;
import dev.fedcore.cli.client.FedcoreClient;
import dev.fedcore.cli.client.JsonView;
import dev.fedcore.cli.client.Patience;
import dev.fedcore.cli.client.Target;
import dev.fedcore.cli.terminal.Shell;
import dev.fedcore.cli.verb.CommandTree;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.verify.Finding;
import dev.fedcore.evidence.verify.FolderVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The whole proof, against a server in a process of its own.
@TestInstance(Lifecycle.PER_CLASS)
class ProveTest {

  private static final InstantSource CLOCK = InstantSource.system();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private Optional<ServerProcess> server = Optional.empty();

  @BeforeAll
  void start(@TempDir Path data) {
    server = Optional.of(ServerProcess.start(System.getProperty("java.class.path"), data, CLOCK));
  }

  @AfterAll
  void stop() {
    server.ifPresent(ServerProcess::close);
  }

  private String url() {
    return server.orElseThrow().url();
  }

  private static Shell shell(Path directory) {
    return new Shell(directory, Map.of(), CLOCK, CommandTree::execute);
  }

  @Test
  void every_claim_holds_and_what_is_kept_verifies(@TempDir Path out) throws Exception {
    Shell shell = shell(out);

    int exitCode = shell.run("prove", "--url", url());

    assertThat(shell.out().lines().filter(line -> line.startsWith("FAILED"))).isEmpty();
    assertThat(exitCode).isZero();
    Path receipts = out.resolve(ProofFolder.FOLDER).resolve("receipts");
    assertThat(FolderVerifier.verify(receipts, Optional.empty()).findings()).isEmpty();
    assertThat(sums(receipts)).isZero();
    assertThat(Files.readString(out.resolve(ProofFolder.REPORT)))
        .contains("**CLEAN**", "Layer 1", "Layer 2", "Layer 3", "happy_path");
    assertThat(out.resolve(ProofFolder.FOLDER).resolve("policy_deny.txt")).isNotEmptyFile();
    assertThat(shell.run("verify", receipts.toString())).isZero();

    tamper(receipts);
    assertThat(shell.run("verify", receipts.toString())).isEqualTo(1);
    assertThat(shell.out()).contains(Finding.CHANGED);
    assertThat(sums(receipts)).isNotZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/workflows/runs/[^/]+/logs",
        "/workflows/runs/[^/]+/receipts/[0-9a-f]{64}",
        "/log/tile/.*",
        "/log/key"
      })
  void one_changed_byte_in_an_answer_fails_the_proof(String path) throws IOException {
    try (var proxy =
        new TamperingProxy(url(), Pattern.compile("GET " + path), ProveTest::changeOne)) {
      var operator =
          new Target(proxy.url(), Optional.empty(), Optional.of("ada"), Optional.empty());
      Proof proof =
          new Prover(List.of(SpineTrials.HAPPY), operator, operator.as("bob"), CLOCK, _ -> {})
              .run();

      assertThat(proxy.hasChanged()).isTrue();
      assertThat(proof.clean()).isFalse();
    }
  }

  @Test
  void a_run_that_is_over_before_it_could_be_paused_is_followed_by_another() throws IOException {
    var started = new AtomicInteger();
    UnaryOperator<byte[]> firstIsLate =
        run -> started.incrementAndGet() == 1 ? onceCompleted(run) : run;
    try (var proxy =
        new TamperingProxy(url(), Pattern.compile("POST /workflows/runs"), firstIsLate)) {
      var operator =
          new Target(proxy.url(), Optional.empty(), Optional.of("ada"), Optional.empty());
      Proof proof =
          new Prover(List.of(ControlTrials.PAUSE), operator, operator.as("bob"), CLOCK, _ -> {})
              .run();

      assertThat(proof.claims()).filteredOn(claim -> !claim.holds()).isEmpty();
      assertThat(proof.results().getFirst().runs()).hasSizeGreaterThanOrEqualTo(2);
    }
  }

  /// Keeps an answer back until the run in it is over.
  private byte[] onceCompleted(byte[] answer) {
    var target = new Target(url(), Optional.empty(), Optional.of("ada"), Optional.empty());
    String run = new JsonView(JsonReader.readObject(answer, JsonLimits.DEFAULT)).text("run_id");
    try (var client = new FedcoreClient(target)) {
      new Patience(CLOCK, PATIENCE)
          .until(
              () -> client.get("/workflows/runs/" + run).orFail().json().text("status"),
              "COMPLETED"::equals);
    }
    return answer;
  }

  /// Another hexadecimal digit in the middle, so that only a hash tells.
  private static byte[] changeOne(byte[] body) {
    byte[] copy = body.clone();
    for (int i = copy.length / 2; i < copy.length; i++) {
      if (copy[i] >= '1' && copy[i] <= '8') {
        copy[i]++;
        return copy;
      }
    }

    copy[copy.length / 2] ^= 1;
    return copy;
  }

  private static void tamper(Path receipts) throws IOException {
    try (Stream<Path> files = Files.walk(receipts)) {
      Path audit =
          files.filter(file -> file.endsWith("audit.jsonl")).sorted().findFirst().orElseThrow();
      Files.writeString(audit, Files.readString(audit).replaceFirst("created", "deleted"));
    }
  }

  private static int sums(Path receipts) throws IOException, InterruptedException {
    Process sums =
        new ProcessBuilder("sha256sum", "-c", "--quiet", "SHA256SUMS")
            .directory(receipts.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(sums.getInputStream().readAllBytes(), UTF_8);
    assertThat(sums.waitFor(30, TimeUnit.SECONDS)).as(said).isTrue();
    return sums.exitValue();
  }
}
