package dev.fedcore.evidence.log;

import java.util.Optional;

/// Where a log's files are read: a directory, a server, an archive.
@FunctionalInterface
public interface TileSource {

  /// The bytes of a tile or entry bundle, as [TilePath] names it; empty when there is none.
  Optional<byte[]> tile(String path);
}
