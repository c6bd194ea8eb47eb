package dev.fedcore.pillars.bucket.api;

import dev.fedcore.http.Request;
import java.util.Optional;

/// The header `Idempotency-Key`.
final class IdempotencyKeys {

  private static final String QUOTE = "\"";

  private IdempotencyKeys() {}

  /// What it says, with or without the quotes that its standard wants.
  static Optional<String> of(Request request) {
    return request.header("Idempotency-Key").map(IdempotencyKeys::unquoted);
  }

  private static String unquoted(String text) {
    String key = text.strip();
    boolean quoted = key.length() > 2 && key.startsWith(QUOTE) && key.endsWith(QUOTE);
    return quoted ? key.substring(1, key.length() - 1) : key;
  }
}
