package dev.fedcore.cli.terminal;

import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the user hands over: files, and JSON given in place or as `@file`.
public final class Inputs {

  /// The largest file read as a document: 64 MiB, more than the server takes.
  private static final long FILE_BYTES_MAX = 64L << 20;

  private Inputs() {}

  /// The bytes of `file`.
  ///
  /// @throws Failure when it cannot be read, or is larger than any document
  public static byte[] file(Path file) {
    try {
      if (Files.size(file) > FILE_BYTES_MAX) {
        throw new Failure(ExitCode.NO_INPUT, file + " is larger than 64 MiB");
      }
      return Files.readAllBytes(file);
    } catch (IOException _) {
      throw new Failure(ExitCode.NO_INPUT, file + " cannot be read; is it there, and a file?");
    }
  }

  /// A JSON object given in place, or in a file as `@FILE`.
  public static JsonObject json(Surroundings surroundings, String option, String text) {
    byte[] bytes =
        text.startsWith("@")
            ? file(surroundings.resolve(Path.of(text.substring(1))))
            : text.getBytes(StandardCharsets.UTF_8);
    try {
      return JsonReader.readObject(bytes, JsonLimits.DEFAULT);
    } catch (MalformedInput e) {
      String place = e.pointer().isEmpty() ? "" : " at " + e.pointer();
      throw new Failure(
          ExitCode.USAGE, "%s is no JSON object%s: %s".formatted(option, place, e.problem()));
    }
  }
}
