package dev.fedcore.evidence.awo.attest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Keeps what was counted, for whoever ran the long form: `target/mutations.txt`.
final class Report {

  private static final Path FILE = Path.of("target", "mutations.txt");

  private Report() {}

  static void count(String what, long counted, long detail) {
    try {
      Files.writeString(
          FILE,
          "%,d %s%n".formatted(counted, what.formatted(detail)),
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
