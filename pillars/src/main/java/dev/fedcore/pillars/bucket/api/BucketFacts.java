package dev.fedcore.pillars.bucket.api;

import dev.fedcore.pillars.bucket.governance.StorageStatus;
import java.util.Map;

/// The numbers of a running Bucket, for meters.
///
/// @param storageBytes of all bodies
/// @param refused how often each problem code was answered since the start
/// @param commits durable transactions since the start
public record BucketFacts(
    long events,
    long auditEntries,
    long agents,
    long storageBytes,
    long storageBytesMax,
    StorageStatus storage,
    Map<String, Long> refused,
    long commits) {

  public BucketFacts {
    refused = Map.copyOf(refused);
  }
}
