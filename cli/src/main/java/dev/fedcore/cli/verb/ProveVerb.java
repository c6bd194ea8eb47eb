package dev.fedcore.cli.verb;

import dev.fedcore.cli.child.ServerProcess;
import dev.fedcore.cli.client.Target;
import dev.fedcore.cli.proof.Claim;
import dev.fedcore.cli.proof.Git;
import dev.fedcore.cli.proof.Proof;
import dev.fedcore.cli.proof.ProofFolder;
import dev.fedcore.cli.proof.Prover;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.cli.terminal.Terminal;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fedcore prove`: runs the PT-004 proof and keeps what an auditor wants to see.
@Command(
    name = "prove",
    description = {
      "Run the PT-004 proof over HTTP, verify every byte, and write report and receipts.",
      "Without --url it starts a server of its own, on a data directory of its own."
    })
final class ProveVerb implements Callable<Integer> {

  private static final String OPERATOR = "pt004_operator";
  private static final String APPROVER = "approver_1";

  private final Surroundings surroundings;
  private final Fedcore fedcore;

  @Mixin private final ServerOptions server = new ServerOptions();

  @Option(names = "--out", paramLabel = "DIR", description = "Where to write; . if not said.")
  private Path out = Path.of("");

  @Option(
      names = "--commit",
      description = "Commit what was written and tag it, if every claim holds.")
  private boolean commit;

  @Option(
      names = "--approver-token",
      paramLabel = "TOKEN",
      description = "A second person's token, at a server that asks for tokens.")
  private Optional<String> approverToken = Optional.empty();

  ProveVerb(Surroundings surroundings, Fedcore fedcore) {
    this.surroundings = surroundings;
    this.fedcore = fedcore;
  }

  @Override
  public Integer call() {
    var git = new Git(surroundings.directory());
    if (commit) {
      git.requireReady();
    }
    Proof proof =
        server.givenUrl(surroundings).isPresent()
            ? prove(server.target(surroundings))
            : proveAlone();
    List<Path> files =
        new ProofFolder(surroundings.resolve(out)).write(proof, git.head().orElse(""));
    report(proof);
    if (!proof.clean()) {
      if (commit) {
        surroundings.terminal().complain("nothing is committed: not every claim holds");
      }
      return ExitCode.FAILED.number();
    }
    if (commit) {
      git.commit(files);
      surroundings.terminal().progress("committed, and tagged " + Git.TAG);
    }
    return ExitCode.OK.number();
  }

  private Proof proveAlone() {
    String classPath = surroundings.ownServer("prove");
    Path data = temporary();
    surroundings.terminal().progress("starting a server on a data directory of its own");
    try (var child = ServerProcess.start(classPath, data, surroundings.clock())) {
      return prove(new Target(child.url(), Optional.empty(), Optional.empty(), Optional.empty()));
    } finally {
      remove(data);
    }
  }

  private Proof prove(Target target) {
    Target operator = target.token().isEmpty() ? target.as(OPERATOR) : target;
    Target approver =
        approverToken.isPresent()
            ? new Target(target.url(), approverToken, Optional.empty(), target.tenant())
            : target.as(APPROVER);
    return new Prover(operator, approver, surroundings.clock(), this::show).run();
  }

  private void show(Claim claim) {
    Terminal terminal = surroundings.terminal();
    String word = claim.holds() ? "ok" : "FAILED";
    String why = claim.holds() ? "" : ": " + claim.detail();
    String line = "%s: %s%s".formatted(claim.trial(), claim.sentence(), why);
    String text = terminal.tinted(word) + "  " + Terminal.printable(line);
    if (fedcore.json()) {
      terminal.progress(text);
    } else {
      terminal.line(text);
    }
  }

  private void report(Proof proof) {
    long failed = proof.claims().stream().filter(claim -> !claim.holds()).count();
    if (fedcore.json()) {
      surroundings.terminal().json(json(proof));
      return;
    }
    Terminal terminal = surroundings.terminal();
    terminal.line(
        "%s: %d claims, %d failed; see %s"
            .formatted(
                terminal.tinted(proof.clean() ? "clean" : "FAILED"),
                proof.claims().size(),
                failed,
                out.resolve(ProofFolder.REPORT)));
  }

  private static JsonObject json(Proof proof) {
    List<JsonValue> claims =
        proof.claims().stream()
            .<JsonValue>map(claim ->
                JsonObject.builder()
                    .put("test", claim.trial())
                    .put("claim", claim.sentence())
                    .put("ok", claim.holds())
                    .put("detail", claim.detail())
                    .build())
            .toList();
    return JsonObject.builder()
        .put("clean", proof.clean())
        .put("claims", new JsonArray(claims))
        .build();
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("fedcore-prove");
    } catch (IOException e) {
      throw new Failure(ExitCode.UNAVAILABLE, "no temporary directory: " + e.getMessage());
    }
  }

  private void remove(Path data) {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException | UncheckedIOException _) {
      surroundings.terminal().progress("note: " + data + " could not be removed");
    }
  }
}
