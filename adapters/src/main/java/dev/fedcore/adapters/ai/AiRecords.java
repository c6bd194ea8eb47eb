package dev.fedcore.adapters.ai;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.note.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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

  private final Path folder;

  AiRecords(Path dataDirectory) {
    this.folder = dataDirectory.resolve(NAME);
  }

  /// Keeps a question and its answer, durably.
  ///
  /// @throws UncheckedIOException if the disk does not take them
  void keep(String effectKey, byte[] request, byte[] response) {
    DurableFile.replace(folder.resolve(effectKey + ".request.json"), request);
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

  /// Removes what was asked and answered under keys that begin so.
  ///
  /// @throws UncheckedIOException if the disk does not answer
  void forget(String keyPrefix) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var requests = Files.newDirectoryStream(folder, keyPrefix + "*.request.json")) {
      for (Path request : requests) {
        Files.deleteIfExists(answerTo(Files.readAllBytes(request)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    try (var files = Files.newDirectoryStream(folder, keyPrefix + "*.json")) {
      for (Path file : files) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path answerTo(byte[] request) {
    return folder.resolve(BY_REQUEST).resolve(Sha256.hex(request) + ".json");
  }
}
