package dev.fedcore.adapters.ai;

import dev.fedcore.adapters.outbox.KeyPrefixes;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.note.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/// The folder `ai-records`: of every answered question the exact bytes that were asked and
/// answered.
///
/// `<effect key>.request.json` and `<effect key>.response.json` say what one effect was;
/// `by-request/<SHA-256 of the request>.json` is the latest answer to that very request, which is
/// what a replay answers. Only an erasure removes anything; no key of the server stands in it.
final class AiRecords {

  /// The name of the folder in the data directory.
  static final String NAME = "ai-records";

  private static final String BY_REQUEST = "by-request";
  private static final String REQUEST = ".request.json";

  private final Path folder;

  AiRecords(Path dataDirectory) {
    this.folder = dataDirectory.resolve(NAME);
  }

  /// Keeps a question and its answer, durably.
  ///
  /// @throws UncheckedIOException if the disk does not take them
  void keep(String effectKey, byte[] request, byte[] response) {
    DurableFile.replace(folder.resolve(effectKey + REQUEST), request);
    DurableFile.replace(folder.resolve(effectKey + ".response.json"), response);
    DurableFile.replace(answerTo(request), response);
  }

  /// What was answered to that very request.
  ///
  /// @throws UncheckedIOException if the disk does not answer
  Optional<byte[]> find(byte[] request) {
    try {
      return Optional.of(Files.readAllBytes(answerTo(request)));
    } catch (NoSuchFileException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Removes what was asked and answered under keys that begin so. Looks through the folder once.
  ///
  /// @param keyPrefixes none of which begins with another
  /// @throws UncheckedIOException if the disk does not answer
  void forget(Collection<String> keyPrefixes) {
    if (keyPrefixes.isEmpty() || !Files.isDirectory(folder)) {
      return;
    }
    var prefixes = new KeyPrefixes(keyPrefixes);
    try (var files =
        Files.newDirectoryStream(folder, file -> prefixes.begin(file.getFileName().toString()))) {
      for (Path file : files) {
        forget(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A request goes after the answer that is named by its hash: who is interrupted finds it again.
  private void forget(Path file) throws IOException {
    if (file.getFileName().toString().endsWith(REQUEST)) {
      Files.deleteIfExists(answerTo(Files.readAllBytes(file)));
    }
    Files.delete(file);
  }

  private Path answerTo(byte[] request) {
    return folder.resolve(BY_REQUEST).resolve(Sha256.hex(request) + ".json");
  }
}
