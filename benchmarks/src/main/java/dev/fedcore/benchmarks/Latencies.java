package dev.fedcore.benchmarks;

import java.util.Arrays;
import java.util.List;

/// Times of single requests, in nanoseconds, as one client saw them. Used by one thread.
final class Latencies {

  private long[] nanos = new long[1 << 14];
  private int size;

  void add(long time) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size++] = time;
  }

  /// The times of all clients together.
  static Sorted sorted(List<Latencies> all) {
    long[] merged = all.stream().flatMapToLong(l -> Arrays.stream(l.nanos, 0, l.size)).toArray();
    Arrays.sort(merged);
    return new Sorted(merged);
  }

  /// Times, shortest first.
  static final class Sorted {

    private final long[] nanos;

    private Sorted(long[] nanos) {
      this.nanos = nanos;
    }

    int count() {
      return nanos.length;
    }

    /// The time that `share` of all requests did not exceed; 0 without requests.
    double millis(double share) {
      if (nanos.length == 0) {
        return 0;
      }
      int last = (int) Math.ceil(share * nanos.length) - 1;
      return nanos[Math.clamp(last, 0, nanos.length - 1)] / 1e6;
    }
  }
}
