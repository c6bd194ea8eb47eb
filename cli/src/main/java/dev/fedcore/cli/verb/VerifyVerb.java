package dev.fedcore.cli.verb;

import dev.fedcore.cli.bundle.BundleCheck;
import dev.fedcore.cli.offline.DataDirectory;
import dev.fedcore.cli.offline.FindingLines;
import dev.fedcore.cli.offline.Policies;
import dev.fedcore.cli.offline.VerifierKeys;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.cli.terminal.Terminal;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.note.CheckpointTrust;
import dev.fedcore.evidence.note.NoteVerifier;
import dev.fedcore.evidence.verify.FolderVerifier;
import dev.fedcore.evidence.verify.VerificationReport;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fedcore verify PATH`: checks everything below a path, without a server.
@Command(
    name = "verify",
    description = "Verify a bundle, a data directory, a folder or a receipt, without a server.")
final class VerifyVerb implements Callable<Integer> {

  private final Surroundings surroundings;
  private final Fedcore fedcore;

  @Parameters(
      paramLabel = "PATH",
      description =
          "A data directory, a folder of evidence, one receipt; with --trust, a bundle or its "
              + "folder.")
  private Path path = Path.of(".");

  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "The log's verifier key, kept since before; else the one at PATH is believed.")
  private Optional<Path> key = Optional.empty();

  @Option(
      names = "--trust",
      paramLabel = "FILE",
      description =
          "Whom to believe: attestors, then PATH is a bundle or holds runs and governance; or a "
              + "witness policy, whose quorum must have cosigned the checkpoint.")
  private Optional<Path> trust = Optional.empty();

  VerifyVerb(Surroundings surroundings, Fedcore fedcore) {
    this.surroundings = surroundings;
    this.fedcore = fedcore;
  }

  @Override
  public Integer call() {
    Path place = surroundings.resolve(path);
    if (!Files.exists(place)) {
      throw new Failure(ExitCode.NO_INPUT, "there is nothing at " + path);
    }
    if (trust.isPresent() && !Policies.isOne(surroundings.resolve(trust.get()))) {
      var now = surroundings.clock().instant();
      return new BundleCheck(surroundings.terminal(), now, fedcore.json())
          .verify(place, surroundings.resolve(trust.get()))
          .number();
    }
    VerificationReport report = verify(place);
    if (fedcore.json()) {
      surroundings.terminal().json(json(report));
    } else {
      show(report);
    }
    return (report.verified() ? ExitCode.OK : ExitCode.FAILED).number();
  }

  private VerificationReport verify(Path place) {
    Optional<CheckpointTrust> trusted = trusted();
    try {
      return DataDirectory.verify(place, trusted, surroundings.terminal()::progress)
          .orElseGet(() -> FolderVerifier.verify(place, trusted));
    } catch (UncheckedIOException e) {
      throw new Failure(ExitCode.NO_INPUT, path + " cannot be read: " + e.getMessage());
    }
  }

  private Optional<CheckpointTrust> trusted() {
    List<NoteVerifier> keys =
        key.map(file -> VerifierKeys.file(surroundings.resolve(file))).orElse(List.of());
    if (trust.isPresent()) {
      return Optional.of(Policies.file(surroundings.resolve(trust.get()), keys));
    }
    return Optional.of(keys).filter(some -> !some.isEmpty()).map(CheckpointTrust::inKeys);
  }

  private void show(VerificationReport report) {
    Terminal terminal = surroundings.terminal();
    new FindingLines(report.findings()).show(terminal);
    String counts =
        "%,d entries, %,d receipts, %,d findings"
            .formatted(report.entries(), report.receipts(), report.findings().size());
    terminal.line(terminal.tinted(report.verified() ? "verified" : "FAILED") + ": " + counts);
    if (report.erased() > 0) {
      String hashes = report.verified() ? "all hashes valid" : "hashes as said above";
      terminal.line("%,d values erased, %s".formatted(report.erased(), hashes));
    }
    if (key.isEmpty() && trust.isEmpty() && report.entries() > 0) {
      terminal.progress(
          "note: the key came with the evidence; keep it elsewhere and give --key FILE");
    }
  }

  private static JsonObject json(VerificationReport report) {
    return JsonObject.builder()
        .put("verified", report.verified())
        .put("entries", report.entries())
        .put("receipts", report.receipts())
        .put("erased", report.erased())
        .put("findings", new FindingLines(report.findings()).json())
        .build();
  }
}
