package dev.fedcore.server.api;

import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Request;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// What headers say about how a command is to be carried out.
final class Preconditions {

  /// The longest a request may wait for a run, in seconds; proxies give up soon after.
  private static final int WAIT_SECONDS_MAX = 60;

  private static final String WAIT = "wait=";
  private static final int KEY_LENGTH_MAX = 255;
  private static final int CORRELATION_LENGTH_MAX = 128;

  private Preconditions() {}

  /// `If-Match`: the version that the caller has seen.
  static OptionalLong ifMatch(Request request) {
    Optional<String> header = request.header("If-Match");
    if (header.isEmpty() || header.get().strip().equals("*")) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(unquoted(header.get().strip())));
    } catch (NumberFormatException _) {
      throw malformed("If-Match", "is a version in quotes, such as \"7\", as ETag gave it");
    }
  }

  /// `Prefer: wait=N` (RFC 7240). Preferences that are not understood are ignored, as it asks.
  static Optional<Duration> wait(Request request) {
    Optional<String> header = request.header("Prefer");
    if (header.isEmpty()) {
      return Optional.empty();
    }
    for (String preference : header.get().split(",", -1)) {
      String text = preference.strip().toLowerCase(Locale.ROOT);
      if (text.startsWith(WAIT)) {
        return Optional.of(seconds(text.substring(WAIT.length())));
      }
    }
    return Optional.empty();
  }

  /// `Idempotency-Key` or `X-Idempotency-Key`, quoted or bare.
  static Optional<String> idempotencyKey(Request request) {
    Optional<String> header =
        request.header("Idempotency-Key").or(() -> request.header("X-Idempotency-Key"));
    return header.map(text -> key(unquoted(text.strip())));
  }

  /// `X-Correlation-Id`.
  static Optional<String> correlation(Request request) {
    Optional<String> header = request.header("X-Correlation-Id");
    if (header.isPresent() && !isVisible(header.get(), CORRELATION_LENGTH_MAX)) {
      throw malformed("X-Correlation-Id", "has 1 to 128 visible ASCII characters");
    }
    return header;
  }

  private static String key(String key) {
    if (!isVisible(key, KEY_LENGTH_MAX)) {
      throw malformed("Idempotency-Key", "has 1 to 255 visible ASCII characters");
    }
    return key;
  }

  private static boolean isVisible(String text, int lengthMax) {
    return !text.isEmpty()
        && text.length() <= lengthMax
        && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static Duration seconds(String text) {
    try {
      int seconds = Integer.parseInt(text);
      if (seconds >= 0 && seconds <= WAIT_SECONDS_MAX) {
        return Duration.ofSeconds(seconds);
      }
    } catch (NumberFormatException _) {
      // Told like a number out of range: the range says what is wanted.
    }
    throw malformed("Prefer", "takes wait=0 to wait=" + WAIT_SECONDS_MAX);
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1) : text;
  }

  private static ProblemFound malformed(String header, String rule) {
    return new ProblemFound(
        Problem.of(ProblemKind.MALFORMED_HEADER, "the header " + header + " " + rule));
  }
}
