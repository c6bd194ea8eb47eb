package dev.fedcore.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/// The policy bundle of these tests: the title of a task says how it is decided.
public final class Bundles {

  private Bundles() {}

  public static String text() {
    try (var stream = Objects.requireNonNull(Bundles.class.getResourceAsStream("by-title.yaml"))) {
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
