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

  /// The times of all clients, shortest first.
  static long[] sorted(List<Latencies> all) {
    long[] merged =
        all.stream().flatMapToLong(l -> Arrays.stream(l.nanos, 0, l.size)).toArray();
    Arrays.sort(merged);
    return merged;
  }

  /// The time that `share` of all requests did not exceed; 0 without requests.
  static double millis(long[] sorted, double share) {
    if (sorted.length == 0) {
      return 0;
    }
    int index = (int) Math.min(sorted.length - 1L, Math.round(Math.ceil(share * sorted.length)) - 1);
    return sorted[Math.max(0, index)] / 1e6;
  }
}
