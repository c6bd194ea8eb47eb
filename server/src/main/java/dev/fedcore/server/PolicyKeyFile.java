package dev.fedcore.server;

import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.policy.signature.PolicyKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The file that says who may sign policy bundles. Read once, at start.
final class PolicyKeyFile {

  /// Names the file, where the command line does not.
  static final String VARIABLE = "FEDCORE_POLICY_KEYS";

  private PolicyKeyFile() {}

  /// Reads it.
  ///
  /// @throws StartRefused if it cannot be read, or names nobody
  static PolicyKeys read(String name) {
    Path file = Path.of(name);
    try {
      if (Files.size(file) > PolicyKeys.BYTES_MAX) {
        throw new StartRefused("%s has more than %,d bytes".formatted(file, PolicyKeys.BYTES_MAX));
      }
      return PolicyKeys.parse(Files.readAllBytes(file));
    } catch (MalformedInput e) {
      throw new StartRefused("%s is no list of policy keys: %s".formatted(file, e.problem()));
    } catch (IOException e) {
      throw new StartRefused(file + " cannot be read; is it there, and a file?");
    }
  }
}
