package dev.fedcore.ledger.sqlite;

import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// The versions of the streams written to of late. Used by one thread.
final class StreamVersions {

  /// How many streams are remembered: more than are alive at once, in about 10 MB.
  static final int STREAMS_MAX = 65_536;

  /// In the order of last use.
  private final SequencedMap<String, Long> versions = new LinkedHashMap<>(16, 0.75f, true);

  Optional<Long> get(String stream) {
    return Optional.ofNullable(versions.get(stream));
  }

  void put(String stream, long version) {
    versions.put(stream, version);
    if (versions.size() > STREAMS_MAX) {
      versions.pollFirstEntry();
    }
  }

  int size() {
    return versions.size();
  }
}
