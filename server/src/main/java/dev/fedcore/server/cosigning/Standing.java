package dev.fedcore.server.cosigning;

import java.time.Instant;
import java.util.Optional;

/// How far one witness follows.
///
/// @param name as the policy calls it
/// @param url where it is asked; empty when the policy does not say
/// @param size of the newest checkpoint that it cosigned here; 0 for none
/// @param cosignedAt when it did, as it said itself
/// @param behindSince since when it has not cosigned the newest checkpoint; empty when it has
/// @param lastError why it did not, the last time; empty since it did
/// @param contradicts whether it knows another tree of this log
public record Standing(
    String name,
    Optional<String> url,
    long size,
    Optional<Instant> cosignedAt,
    Optional<Instant> behindSince,
    Optional<String> lastError,
    boolean contradicts) {

  /// A witness of which nothing is known.
  static Standing of(String name, Optional<String> url) {
    return new Standing(name, url, 0, Optional.empty(), Optional.empty(), Optional.empty(), false);
  }

  Standing behind(Instant since) {
    return behindSince.isPresent()
        ? this
        : new Standing(name, url, size, cosignedAt, Optional.of(since), lastError, contradicts);
  }

  Standing cosigned(long newSize, Instant at, Optional<Instant> since) {
    return new Standing(name, url, newSize, Optional.of(at), since, Optional.empty(), false);
  }

  Standing failed(String why, boolean isContradiction) {
    return new Standing(
        name, url, size, cosignedAt, behindSince, Optional.of(why), isContradiction);
  }
}
