package dev.fedcore.cli.awo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.cli.bundle.BundleCheck;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.evidence.awo.attest.Attestor;
import dev.fedcore.evidence.awo.attest.BindResult;
import dev.fedcore.evidence.awo.attest.Bundle;
import dev.fedcore.evidence.awo.attest.RunCheck;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.keys.KeyAlgorithm;
import dev.fedcore.evidence.keys.KeyRejected;
import dev.fedcore.evidence.keys.KeySources;
import dev.fedcore.evidence.keys.SigningKey;
import dev.fedcore.evidence.keys.Trust;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.NoteVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fedcore awo attest …`: sign finished runs, and hand them out.
@Command(name = "attest", description = "Sign finished runs, and hand them out as bundles.")
final class AttestVerbs {

  private final Surroundings surroundings;
  private final Fedcore fedcore;
  private final RunCheck further;

  /// @param further what must hold of a run beyond integrity and approval
  AttestVerbs(Surroundings surroundings, Fedcore fedcore, RunCheck further) {
    this.surroundings = surroundings;
    this.fedcore = fedcore;
    this.further = further;
  }

  @Command(description = "Verify a run and bind it to its approval, into governance/attestations.")
  int bind(
      @Mixin RootOptions options,
      @Mixin KeyOptions keys,
      @Option(
              names = "--log-key",
              required = true,
              paramLabel = "FILE",
              description = "The log's private key in PEM: Ed25519.")
          Path logKey,
      @Option(
              names = "--trust",
              required = true,
              paramLabel = "FILE",
              description = "The trust file that names both keys; signers are called as it says.")
          Path trustFile) {
    Trust trust = BundleCheck.trust(surroundings.resolve(trustFile));
    SigningKey key = keys.key(surroundings);
    var attestor =
        new Attestor(
            options.root(surroundings),
            new Attestor.Signer(signerName(trust, key), key),
            logSigner(trust, surroundings.resolve(logKey)),
            surroundings.clock(),
            further);
    return show(options, attestor.bind(options.runId()));
  }

  @Command(description = "Make an attestor's key, a log's key, and the trust file that names them.")
  int keys(
      @Option(names = "--out", required = true, paramLabel = "DIR", description = "Where to.")
          Path out,
      @Option(
              names = "--algorithm",
              defaultValue = "ED25519",
              paramLabel = "NAME",
              description = "Of the attestor's key: ${COMPLETION-CANDIDATES}.")
          KeyAlgorithm algorithm,
      @Option(
              names = "--signer",
              required = true,
              paramLabel = "URI",
              description = "What the attestor is called.")
          String signer,
      @Option(
              names = "--origin",
              required = true,
              paramLabel = "NAME",
              description = "What the log is called: a URL without scheme.")
          String origin) {
    SigningKey key = SigningKey.generate(algorithm);
    try {
      NoteSigner log = NoteSigner.generate(origin);
      var roles = EnumSet.allOf(Trust.Role.class);
      var attestor = new Trust.Attestor(signer, roles, key.verifyingKey());
      Path folder = Files.createDirectories(surroundings.resolve(out));
      secret(folder.resolve("attestor.pem"), key.pem());
      secret(folder.resolve("log.pem"), SigningKey.logPem(log.pkcs8()));
      String trust = "log %s\n%s\n".formatted(log.verifierKey(), attestor.line());
      Files.write(folder.resolve("trust"), trust.getBytes(UTF_8));
      surroundings.terminal().line(trust.strip());
      return ExitCode.OK.number();
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new Failure(
          ExitCode.NO_INPUT, "keys are not overwritten, and %s must be writable".formatted(out));
    }
  }

  @Command(description = "Write an attested run as one file that can be verified elsewhere.")
  int bundle(
      @Mixin RootOptions options,
      @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to.")
          Path out) {
    var bundle = Bundle.ofRun(options.root(surroundings), options.runId());
    if (bundle.runs().isEmpty()) {
      throw new Failure(ExitCode.NO_INPUT, "there is no run " + options.runId());
    }
    try {
      Files.write(surroundings.resolve(out), bundle.archive());
      surroundings.terminal().line(out.toString());
      return ExitCode.OK.number();
    } catch (IllegalArgumentException e) {
      throw new Failure(ExitCode.FAILED, String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new Failure(ExitCode.NO_INPUT, out + " cannot be written");
    }
  }

  private int show(RootOptions options, BindResult result) {
    var screen = new FindingScreen(surroundings.terminal(), fedcore.json());
    var facts = JsonObject.builder().put("run_id", options.runId());
    return switch (result) {
      case BindResult.Bound bound -> {
        facts.put("sha256_root", bound.root());
        facts.put("archive_sha256", bound.archiveHash());
        facts.put("reviewer_identity_sha256", bound.reviewerHash());
        screen.show(facts, "attested, root " + bound.root(), List.of());
        yield ExitCode.OK.number();
      }
      case BindResult.Refused refused -> {
        screen.show(facts, "not attested", refused.findings());
        yield ExitCode.FAILED.number();
      }
    };
  }

  private static String signerName(Trust trust, SigningKey key) {
    return trust
        .attestor(key.verifyingKey().keyId())
        .filter(attestor -> attestor.roles().containsAll(EnumSet.allOf(Trust.Role.class)))
        .map(Trust.Attestor::name)
        .orElseThrow(() ->
            new Failure(
                ExitCode.CONFIGURATION,
                "the trust file does not name this key with all roles; nobody would believe it"));
  }

  private static NoteSigner logSigner(Trust trust, Path file) {
    try {
      for (NoteVerifier log : trust.logs()) {
        NoteSigner signer = KeySources.log(file, log.name());
        if (signer.verifierKey().equals(log.vkey())) {
          return signer;
        }
      }
    } catch (KeyRejected e) {
      throw new Failure(ExitCode.CONFIGURATION, e.reason());
    }
    throw new Failure(
        ExitCode.CONFIGURATION, "the trust file does not name the log key in " + file);
  }

  /// A new file that only its owner may read.
  private static void secret(Path file, String text) throws IOException {
    if (Files.getFileStore(file.resolveSibling("")).supportsFileAttributeView("posix")) {
      var owner = PosixFilePermissions.fromString("rw-------");
      Files.createFile(file, PosixFilePermissions.asFileAttribute(owner));
    } else {
      Files.createFile(file);
    }
    Files.write(file, text.getBytes(US_ASCII));
  }
}
