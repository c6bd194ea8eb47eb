package dev.fedcore.cli.awo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.cli.terminal.Terminal;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.attest.Attestor.Signer;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.awo.pipeline.KeyedAttestor;
import dev.fedcore.evidence.awo.pipeline.Suite;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.keys.KeyAlgorithm;
import dev.fedcore.evidence.keys.SigningKey;
import dev.fedcore.evidence.keys.Trust;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.NoteVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `fedcore awo suite`: the 25 tests of AWO v4.2, against the pipeline that is in this program.
@Command(
    name = "suite",
    description = "Run the 25 tests of AWO v4.2, in their order, until one fails.")
final class SuiteVerb implements Callable<Integer> {

  private static final String SIGNER = "https://fedcore.dev/suite";
  private static final String ORIGIN = "fedcore.dev/suite";

  private final Surroundings surroundings;
  private final BooleanSupplier json;

  @Option(
      names = "--junit",
      paramLabel = "FILE",
      description = "Also write the results as JUnit XML.")
  private Optional<Path> junit = Optional.empty();

  SuiteVerb(Surroundings surroundings, BooleanSupplier json) {
    this.surroundings = surroundings;
    this.json = json;
  }

  @Override
  public Integer call() {
    Path folder = temporary();
    try {
      Suite.Report report = new Suite(folder, attestor()).run(this::show);
      junit.ifPresent(
          file -> Workspace.write(surroundings.resolve(file), JunitXml.of(report).getBytes(UTF_8)));
      finish(report);
      return (report.ready() ? ExitCode.OK : ExitCode.FAILED).number();
    } finally {
      Workspace.remove(folder);
    }
  }

  private void show(Suite.Result result) {
    Terminal terminal = surroundings.terminal();
    result.findings().forEach(finding -> terminal.complain(finding.toString()));
    if (!json.getAsBoolean()) {
      String word =
          switch (result.outcome()) {
            case HOLDS -> "ok";
            case FAILED -> "FAILED";
            case NOT_REACHED -> "not reached";
          };
      terminal.line(
          "%s  %s  %s: %s"
              .formatted(result.number(), result.id(), result.name(), terminal.tinted(word)));
    }
  }

  private void finish(Suite.Report report) {
    Terminal terminal = surroundings.terminal();
    if (json.getAsBoolean()) {
      List<JsonValue> tests = report.results().stream().<JsonValue>map(SuiteVerb::json).toList();
      terminal.json(
          JsonObject.builder()
              .put("ready", report.ready())
              .put("state", report.ready() ? Suite.READY : "")
              .put("tests", new JsonArray(tests))
              .build());
    } else {
      terminal.line(report.ready() ? Suite.READY : "Not test-ready");
    }
  }

  private static JsonObject json(Suite.Result result) {
    List<JsonValue> findings = result.findings().stream().<JsonValue>map(Finding::json).toList();
    return JsonObject.builder()
        .put("number", result.number())
        .put("id", result.id())
        .put("layer", result.layer())
        .put("name", result.name())
        .put("outcome", result.outcome().name())
        .put("findings", new JsonArray(findings))
        .build();
  }

  /// Keys for this once.
  private KeyedAttestor attestor() {
    SigningKey key = SigningKey.generate(KeyAlgorithm.ED25519);
    NoteSigner log = NoteSigner.generate(ORIGIN);
    var roles = EnumSet.allOf(Trust.Role.class);
    var trust =
        new Trust(
            List.of(NoteVerifier.parse(log.verifierKey())),
            List.of(new Trust.Attestor(SIGNER, roles, key.verifyingKey())));
    return new KeyedAttestor(new Signer(SIGNER, key), log, trust, surroundings.clock());
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("fedcore-awo-suite");
    } catch (IOException e) {
      throw new Failure(ExitCode.UNAVAILABLE, "no temporary directory: " + e.getMessage());
    }
  }
}
