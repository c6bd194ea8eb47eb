package dev.fedcore.evidence.json;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/// Published test vectors, kept as files beside the tests.
final class Vectors {

  private Vectors() {}

  static byte[] bytes(String name) {
    try (var stream = Vectors.class.getResourceAsStream("/vectors/" + name)) {
      if (stream == null) {
        throw new IllegalStateException("no vector " + name);
      }
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }

  static Stream<String> lines(String name) {
    return text(name).lines();
  }
}
