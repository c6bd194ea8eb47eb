package dev.fedcore.server;

import dev.fedcore.evidence.note.NoteSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;

/// The key that the log's checkpoints are signed with: made at the first start, kept in `log.key`,
/// two lines: the log's name and the private key (PKCS #8, base64). What it is checked with stands
/// beside the tiles, in `log/vkey`, for whoever verifies the directory.
final class LogKey {

  private static final String FILE = "log.key";
  private static final String LOG = "log";
  private static final String VERIFIER_KEY = "vkey";

  private LogKey() {}

  /// The key of the log in `data`.
  ///
  /// @param random names a new log
  static NoteSigner in(Path data, RandomGenerator random) {
    NoteSigner signer = signer(data, random);
    try {
      Files.createDirectories(data.resolve(LOG));
      Files.writeString(data.resolve(LOG).resolve(VERIFIER_KEY), signer.verifierKey() + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the log's verifier key", e);
    }
    return signer;
  }

  private static NoteSigner signer(Path data, RandomGenerator random) {
    Path file = data.resolve(FILE);
    try {
      if (Files.exists(file)) {
        List<String> lines = Files.readAllLines(file);
        return NoteSigner.fromPkcs8(lines.get(0), Base64.getDecoder().decode(lines.get(1)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new StartRefused(file + " is damaged: put the copy back that you have of it");
    }
    NoteSigner signer = NoteSigner.generate("fedcore.log/%016x".formatted(random.nextLong()));
    String text = signer.name() + "\n" + Base64.getEncoder().encodeToString(signer.pkcs8()) + "\n";
    PrivateFile.write(file, text.getBytes(StandardCharsets.US_ASCII));
    return signer;
  }
}
