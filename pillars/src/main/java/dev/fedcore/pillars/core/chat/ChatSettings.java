package dev.fedcore.pillars.core.chat;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Which language model is asked.
///
/// @param server such as `http://localhost:11434`
/// @param path of the interface, such as `/v1/chat/completions`
/// @param key sent as a bearer token; never shown
/// @param limit from the question to the last byte of the answer
public record ChatSettings(
    URI server, String path, String model, Optional<String> key, Duration limit) {

  @Override
  public String toString() {
    return "%s%s, model %s".formatted(server, path, model);
  }
}
