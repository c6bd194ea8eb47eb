package dev.fedcore.cli.awo;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.evidence.keys.KeyRejected;
import dev.fedcore.evidence.keys.KeySources;
import dev.fedcore.evidence.keys.SigningKey;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// Where a signing key is kept.
final class KeyOptions {

  /// Holds the password of a PKCS #12 file, or the PIN of a token.
  private static final String PASSWORD = "FEDCORE_KEY_PASSWORD";

  @ArgGroup(multiplicity = "1")
  private Place place = new Place();

  @Option(
      names = "--key-alias",
      paramLabel = "NAME",
      description = "Which key, where there are several.")
  private Optional<String> alias = Optional.empty();

  /// One of these.
  static final class Place {

    @Option(
        names = "--key",
        paramLabel = "FILE",
        description = "A private key in PEM (PKCS #8): Ed25519 or ECDSA P-256.")
    private Optional<Path> pem = Optional.empty();

    @Option(
        names = "--pkcs12",
        paramLabel = "FILE",
        description = "A PKCS #12 file; its password in FEDCORE_KEY_PASSWORD.")
    private Optional<Path> pkcs12 = Optional.empty();

    @Option(
        names = "--pkcs11",
        paramLabel = "FILE",
        description =
            "The JDK's configuration of a PKCS #11 token; its PIN in FEDCORE_KEY_PASSWORD.")
    private Optional<Path> pkcs11 = Optional.empty();
  }

  SigningKey key(Surroundings surroundings) {
    try {
      if (place.pem.isPresent()) {
        return KeySources.pem(surroundings.resolve(place.pem.get()));
      }
      char[] password = password(surroundings);
      if (place.pkcs12.isPresent()) {
        return KeySources.pkcs12(surroundings.resolve(place.pkcs12.get()), password, alias);
      }
      Path configuration = surroundings.resolve(place.pkcs11.orElseThrow());
      return KeySources.pkcs11(configuration, password, alias);
    } catch (KeyRejected e) {
      throw new Failure(ExitCode.CONFIGURATION, e.reason());
    }
  }

  private static char[] password(Surroundings surroundings) {
    return surroundings
        .variable(PASSWORD)
        .orElseThrow(() ->
            new Failure(ExitCode.CONFIGURATION, "set " + PASSWORD + " to the password or PIN"))
        .toCharArray();
  }
}
