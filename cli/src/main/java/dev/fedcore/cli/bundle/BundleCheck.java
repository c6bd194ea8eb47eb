package dev.fedcore.cli.bundle;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Terminal;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.attest.Bundle;
import dev.fedcore.evidence.awo.attest.BundleReport;
import dev.fedcore.evidence.awo.attest.BundleReport.Check;
import dev.fedcore.evidence.awo.attest.BundleVerifier;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.keys.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;

/// Verifies a bundle, or every attested run below a root, and shows each check.
///
/// @param now what the host's clock says
public record BundleCheck(Terminal terminal, Instant now, boolean json) {

  /// The largest bundle that is one file, in bytes: 1 GiB.
  private static final long BUNDLE_BYTES_MAX = 1L << 30;

  private static final long TRUST_BYTES_MAX = 1L << 20;

  /// Verifies what is at `place`, a bundle or a folder that holds `runs/` and `governance/`.
  ///
  /// @throws Failure when there is nothing to verify, or the trust file says nothing
  public ExitCode verify(Path place, Path trustFile) {
    var verifier = new BundleVerifier(trust(trustFile), now);
    BundleReport report =
        Files.isDirectory(place) ? folder(place, verifier) : file(place, verifier);
    if (json) {
      terminal.json(report.json());
    } else {
      show(report);
    }
    return report.verified() ? ExitCode.OK : ExitCode.FAILED;
  }

  /// Reads a trust file.
  ///
  /// @throws Failure when it cannot be read, or says nothing
  public static Trust trust(Path file) {
    try {
      return Trust.parse(read(file, TRUST_BYTES_MAX));
    } catch (MalformedInput e) {
      throw new Failure(ExitCode.NO_INPUT, file + " is no trust file: " + e.problem());
    }
  }

  private static BundleReport file(Path place, BundleVerifier verifier) {
    return verifier.verify(read(place, BUNDLE_BYTES_MAX));
  }

  private static BundleReport folder(Path place, BundleVerifier verifier) {
    var checks = new ArrayList<Check>();
    try {
      for (String run : Bundle.attested(place)) {
        checks.addAll(verifier.verify(Bundle.ofRun(place, run)).checks());
      }
    } catch (UncheckedIOException e) {
      throw new Failure(ExitCode.NO_INPUT, place + " cannot be read: " + e.getMessage());
    }
    if (checks.isEmpty()) {
      throw new Failure(
          ExitCode.NO_INPUT,
          "no run is attested in %s; name the folder that holds runs and governance"
              .formatted(place));
    }
    return new BundleReport(checks);
  }

  private void show(BundleReport report) {
    for (Check check : report.checks()) {
      String line =
          "%-7s %-11s %s"
              .formatted(
                  terminal.tinted(check.verdict().name()),
                  check.name(),
                  Terminal.printable(check.subject() + "  " + check.evidence()).strip());
      terminal.line(line);
      for (Finding finding : check.findings()) {
        terminal.line("        " + Terminal.printable(finding.toString()));
      }
    }
    terminal.line(
        "%s: %d checks, %d findings"
            .formatted(
                terminal.tinted(report.verified() ? "verified" : "FAILED"),
                report.checks().size(),
                report.findings().size()));
  }

  private static byte[] read(Path file, long bytesMax) {
    try {
      if (Files.size(file) > bytesMax) {
        throw new Failure(
            ExitCode.NO_INPUT, "%s is larger than %,d bytes".formatted(file, bytesMax));
      }
      return Files.readAllBytes(file);
    } catch (IOException _) {
      throw new Failure(ExitCode.NO_INPUT, file + " cannot be read; is it there, and a file?");
    }
  }
}
