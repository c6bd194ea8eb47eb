package dev.fedcore.http;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Names one request in problems and logs: 32 lower-case hex digits, taken from `traceparent` or
/// drawn when first asked for, since most requests never need one. For one thread.
///
/// @see <a href="https://www.w3.org/TR/trace-context/#traceparent-header">Trace Context</a>
public final class TraceId {

  private static final int HEX_DIGITS = 32;
  private static final int VERSION_LENGTH = 3;
  private static final int TRACEPARENT_LENGTH = 55;

  private final RandomGenerator random;
  private @Nullable String value;

  private TraceId(RandomGenerator random, @Nullable String value) {
    this.random = random;
    this.value = value;
  }

  static TraceId from(Optional<String> traceparent, RandomGenerator random) {
    return new TraceId(random, traceparent.flatMap(TraceId::sent).orElse(null));
  }

  /// The 32 digits.
  public String value() {
    if (value == null) {
      value = "%016x%016x".formatted(random.nextLong(), random.nextLong());
    }
    return value;
  }

  private static Optional<String> sent(String traceparent) {
    if (traceparent.length() < TRACEPARENT_LENGTH
        || traceparent.charAt(2) != '-'
        || traceparent.charAt(VERSION_LENGTH + HEX_DIGITS) != '-') {
      return Optional.empty();
    }
    String id = traceparent.substring(VERSION_LENGTH, VERSION_LENGTH + HEX_DIGITS);
    boolean hex = id.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    boolean zero = id.chars().allMatch(c -> c == '0');
    return hex && !zero ? Optional.of(id) : Optional.empty();
  }

  @Override
  public String toString() {
    return value();
  }
}
