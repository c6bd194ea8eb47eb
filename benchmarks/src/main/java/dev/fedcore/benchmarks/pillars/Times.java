package dev.fedcore.benchmarks.pillars;

import java.util.Arrays;
import java.util.Collection;

/// Times of single things, in nanoseconds, shortest first.
final class Times {

  private static final double NANOS_PER_MILLI = 1e6;

  private final long[] nanos;

  private Times(long[] nanos) {
    this.nanos = nanos;
  }

  /// In any order.
  static Times of(Collection<Long> nanos) {
    long[] sorted = nanos.stream().mapToLong(Long::longValue).toArray();
    Arrays.sort(sorted);
    return new Times(sorted);
  }

  int count() {
    return nanos.length;
  }

  /// The time that `share` of all did not exceed; 0 without any.
  double millis(double share) {
    if (nanos.length == 0) {
      return 0;
    }
    int last = (int) Math.ceil(share * nanos.length) - 1;
    return nanos[Math.max(last, 0)] / NANOS_PER_MILLI;
  }
}
