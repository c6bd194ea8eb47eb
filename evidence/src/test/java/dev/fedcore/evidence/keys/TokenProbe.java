package dev.fedcore.evidence.keys;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// Signs with a token, in a process of its own: SoftHSM is told where its tokens are by a variable.
final class TokenProbe {

  private TokenProbe() {}

  static void main(String[] arguments) {
    var key =
        KeySources.pkcs11(
            Path.of(arguments[0]), arguments[1].toCharArray(), Optional.of("attestor"));
    byte[] message = "a message".getBytes(StandardCharsets.UTF_8);
    boolean good = key.verifyingKey().verifies(message, key.sign(message));
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    out.println("%s %s %s".formatted(key.verifyingKey().algorithm(), good, leaves(key)));
  }

  private static String leaves(SigningKey key) {
    try {
      return key.pem();
    } catch (KeyRejected e) {
      return "kept";
    }
  }
}
