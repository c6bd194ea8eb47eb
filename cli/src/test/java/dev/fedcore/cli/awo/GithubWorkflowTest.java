package dev.fedcore.cli.awo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.fedcore.cli.terminal.Shell;
import dev.fedcore.cli.verb.CommandTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The workflow file, executed: no way leads to its commit past a gate.
class GithubWorkflowTest {

  private static final Path REPOSITORY = Path.of("").toAbsolutePath().resolveSibling("");
  private static final Path FILE = REPOSITORY.resolve(".github/workflows/awo_run_v4.2.yml");
  private static final List<String> RESULTS = List.of("success", "failure", "cancelled", "skipped");

  @TempDir Path home = Path.of("");

  @Test
  void finalize_runs_in_one_of_all_combinations_of_results() throws IOException {
    GithubWorkflow workflow = GithubWorkflow.read(FILE);
    List<String> before = workflow.jobs().subList(0, workflow.jobs().size() - 1);
    int combinations = 1 << (2 * before.size());
    int running = 0;
    for (int i = 0; i < combinations; i++) {
      Map<String, String> results = new TreeMap<>();
      for (int job = 0; job < before.size(); job++) {
        results.put(before.get(job), RESULTS.get((i >> (2 * job)) & 3));
      }
      running += workflow.runs("finalize", results) ? 1 : 0;
    }

    assertThat(combinations).isEqualTo(1024);
    assertThat(running).isEqualTo(1);
    assertThat(workflow.needs("finalize")).containsExactlyElementsOf(before);
  }

  @Test
  void only_finalize_may_write_and_every_action_is_pinned() throws IOException {
    GithubWorkflow workflow = GithubWorkflow.read(FILE);

    assertThat(workflow.document().object("permissions").object().members()).isEmpty();
    for (String job : workflow.jobs()) {
      boolean writes =
          workflow.job(job).object("permissions").object().toString().contains("write");
      assertThat(writes).as(job).isEqualTo(job.equals("finalize"));
      long asks =
          workflow.steps(job).stream().filter(s -> s.text("run").contains("./fedcore ")).count();
      assertThat(asks).as(job).isEqualTo(1);
    }
    assertThat(workflow.allSteps().filter(step -> step.has("uses")).map(step -> step.text("uses")))
        .allMatch(uses -> uses.matches("[\\w-]+/[\\w-]+@[0-9a-f]{40}"));
    assertThat(workflow.allSteps().map(step -> step.text("run")))
        .noneMatch(script -> script.contains("${{"));
  }

  @Test
  void a_run_is_published_when_every_gate_lets_it_pass() throws Exception {
    Map<String, String> results = executed("bob", "bob", Set.of());

    assertThat(results.values()).as(said()).containsOnly("success");
    assertThat(committed())
        .contains("provenance/index.json", "ATTESTATION.txt.sigstore.json", "approval.json");
  }

  @Test
  void its_maker_does_not_get_past_gate_2() throws Exception {
    Map<String, String> results = executed("alice", "alice", Set.of());

    assertThat(results)
        .containsEntry("verify_and_log_gate2", "failure")
        .containsEntry("audit_gate", "skipped")
        .containsEntry("finalize", "skipped");
    assertThat(committed()).doesNotContain("approval.json");
    assertThat(home.resolve("artifacts/awo-gate2/governance/logs")).isNotEmptyDirectory();
  }

  @Test
  void somebody_else_than_the_reviewer_does_not_publish() throws Exception {
    Map<String, String> results = executed("bob", "carol", Set.of());

    assertThat(results).containsEntry("audit_gate", "success").containsEntry("finalize", "failure");
    assertThat(committed()).doesNotContain("approval.json");
  }

  @Test
  void what_people_reject_ends_there() throws Exception {
    assertThat(executed("bob", "bob", Set.of("awo-scope")))
        .containsEntry("render_summary", "skipped")
        .containsEntry("finalize", "skipped");
    assertThat(committed()).doesNotContain("approval.json");
  }

  private Map<String, String> executed(String reviewer, String approver, Set<String> rejected)
      throws Exception {
    Map<String, String> outside = prepared();
    outside.put("inputs.workflow_file", "workflows/multimodel.json");
    outside.put("inputs.reviewer", reviewer);
    outside.put("inputs.allow_self_approval", "0");
    HttpServer github = github(approver);
    try {
      outside.put("GITHUB_API_URL", "http://127.0.0.1:" + github.getAddress().getPort());
      return new GithubRunner(GithubWorkflow.read(FILE), home, outside, rejected).run();
    } finally {
      github.stop(0);
    }
  }

  /// A repository with the launcher, the workflow to run, and whom to trust.
  private Map<String, String> prepared() throws IOException, InterruptedException {
    var shell = new Shell(home, Map.of(), () -> Shell.NOW, CommandTree::execute);
    shell.run(
        "awo",
        "attest",
        "keys",
        "--out",
        "keys",
        "--signer",
        "https://x.test",
        "--origin",
        "x.test/l");
    Path seed = home.resolve("seed");
    String java = ProcessHandle.current().info().command().orElse("java");
    GithubRunner.program(
        seed.resolve("fedcore"),
        "exec '%s' -XX:TieredStopAtLevel=1 -cp '%s' dev.fedcore.cli.Main \"$@\""
            .formatted(java, System.getProperty("java.class.path")));
    GithubRunner.program(
        home.resolve("bin/cosign"),
        "while [ $# -gt 1 ]; do [ \"$1\" != --bundle ] || bundle=$2; shift; done; "
            + "sha256sum \"$1\" > \"$bundle\"");
    Files.createDirectories(seed.resolve("workflows"));
    Files.copy(
        REPOSITORY.resolve("workflows/multimodel.json"), seed.resolve("workflows/multimodel.json"));
    Files.createDirectories(seed.resolve("governance"));
    Files.copy(home.resolve("keys/trust"), seed.resolve("governance/trust"));
    git("init", "-q", "-b", "main", "seed");
    git("-C", "seed", "add", ".");
    git("-C", "seed", "-c", "user.name=t", "-c", "user.email=t@x.test", "commit", "-qm", "seed");
    git("clone", "-q", "--bare", "seed", "origin.git");
    var outside = new HashMap<String, String>();
    outside.put("GITHUB_ACTOR", "alice");
    outside.put("GITHUB_SHA", "c0ffee");
    outside.put("GITHUB_REF_NAME", "main");
    outside.put("GITHUB_REPOSITORY", "o/r");
    outside.put("GITHUB_RUN_ID", "42");
    outside.put("github.token", "t0ken");
    outside.put("secrets.AWO_KEY", Files.readString(home.resolve("keys/attestor.pem")));
    outside.put("secrets.AWO_LOG_KEY", Files.readString(home.resolve("keys/log.pem")));
    return outside;
  }

  /// The one answer of GitHub that the workflow asks for.
  private static HttpServer github(String approver) throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer github = HttpServer.create(address, 0);
    github.createContext(
        "/repos/o/r/actions/runs/42/approvals",
        exchange -> {
          byte[] answer =
              """
              [{"state": "approved", "environments": [{"name": "awo-scope"}], "user": {"login": "alice"}},
               {"state": "approved", "environments": [{"name": "awo-audit"}], "user": {"login": "%s"}}]
              """
                  .formatted(approver)
                  .getBytes(UTF_8);
          exchange.sendResponseHeaders(200, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    github.start();
    return github;
  }

  /// The files of the last commit that was pushed.
  private String committed() throws IOException, InterruptedException {
    return git("-C", "origin.git", "ls-tree", "-r", "--name-only", "main");
  }

  private String said() throws IOException {
    return Files.readString(home.resolve("output.txt"));
  }

  private String git(String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(words));
    Process git =
        new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true).start();
    String said = new String(git.getInputStream().readAllBytes(), UTF_8);
    assertThat(git.waitFor()).as(said).isZero();
    return said;
  }
}
