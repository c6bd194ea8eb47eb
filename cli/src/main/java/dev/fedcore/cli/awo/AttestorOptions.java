package dev.fedcore.cli.awo;

import dev.fedcore.cli.bundle.BundleCheck;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.evidence.awo.attest.Attestor;
import dev.fedcore.evidence.awo.pipeline.KeyedAttestor;
import dev.fedcore.evidence.keys.KeyRejected;
import dev.fedcore.evidence.keys.KeySources;
import dev.fedcore.evidence.keys.SigningKey;
import dev.fedcore.evidence.keys.Trust;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.evidence.note.NoteVerifier;
import java.nio.file.Path;
import java.util.EnumSet;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// With which keys a verb attests.
final class AttestorOptions {

  @Mixin private final KeyOptions keys = new KeyOptions();

  @Option(
      names = "--log-key",
      required = true,
      paramLabel = "FILE",
      description = "The log's private key in PEM: Ed25519.")
  private Path logKey = Path.of("");

  @Option(
      names = "--trust",
      required = true,
      paramLabel = "FILE",
      description = "The trust file that names both keys; signers are called as it says.")
  private Path trustFile = Path.of("");

  KeyedAttestor attestor(Surroundings surroundings) {
    Trust trust = BundleCheck.trust(surroundings.resolve(trustFile));
    SigningKey key = keys.key(surroundings);
    return new KeyedAttestor(
        new Attestor.Signer(signerName(trust, key), key),
        logSigner(trust, surroundings.resolve(logKey)),
        trust,
        surroundings.clock());
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
}
