package dev.fedcore.cli.awo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.SecretFile;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.evidence.awo.attest.Attestor;
import dev.fedcore.evidence.awo.attest.BindResult;
import dev.fedcore.evidence.awo.attest.Bundle;
import dev.fedcore.evidence.awo.folder.RunName;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.awo.pipeline.Chain;
import dev.fedcore.evidence.awo.pipeline.KeyedAttestor;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.keys.KeyAlgorithm;
import dev.fedcore.evidence.keys.SigningKey;
import dev.fedcore.evidence.keys.Trust;
import dev.fedcore.evidence.note.NoteSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fedcore awo attest …`: sign finished runs, and hand them out.
@Command(name = "attest", description = "Sign finished runs, and hand them out as bundles.")
final class AttestVerbs {

  private final Surroundings surroundings;
  private final BooleanSupplier json;

  AttestVerbs(Surroundings surroundings, BooleanSupplier json) {
    this.surroundings = surroundings;
    this.json = json;
  }

  @Command(description = "Verify a run and bind it to its approval, into governance/attestations.")
  int bind(@Mixin RootOptions options, @Mixin AttestorOptions keys) {
    KeyedAttestor keyed = keys.attestor(surroundings);
    var attestor =
        new Attestor(
            options.root(surroundings),
            keyed.signer(),
            keyed.logSigner(),
            surroundings.clock(),
            (root, run) ->
                new Chain(new Workspace(root), keyed).beforeAttestation(new RunName(run)));
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
      SecretFile.create(folder.resolve("attestor.pem"), key.pem());
      SecretFile.create(folder.resolve("log.pem"), SigningKey.logPem(log.pkcs8()));
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
    var screen = new FindingScreen(surroundings.terminal(), json.getAsBoolean());
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
}
