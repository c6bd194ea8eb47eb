package dev.fedcore.pillars.bucket.governance;

import java.util.Map;

/// How much Bucket takes. The numbers are those of its constitution; where its documents contradict
/// each other, the smaller one that still serves: artifacts of 16 MiB, not 500 MB.
///
/// @param artifactBytesMax the largest artifact that an operation may announce
/// @param metadataFieldBytesMax the largest metadata field of an event, in bytes of UTF-8
/// @param auditEntryBytesMax the largest audit entry, in bytes of canonical JSON
/// @param batchEventsMax events in one request
/// @param writesPerSecondMax of one requester, in events; the old documents say 1,000 for all,
///   which is below what one busy executor sends
/// @param storageBytes what all entries together may take
/// @param productBytes what single products may take; others have the whole
/// @param productsMax how many products there may be
public record BucketLimits(
    long artifactBytesMax,
    int metadataFieldBytesMax,
    int auditEntryBytesMax,
    int batchEventsMax,
    int writesPerSecondMax,
    long storageBytes,
    Map<String, Long> productBytes,
    int productsMax) {

  /// From this share of the storage on, in per cent, plan for more.
  public static final int CAUTION_PERCENT = 70;

  /// From this share on, in per cent, somebody must act.
  public static final int WARNING_PERCENT = 90;

  /// At this share, in per cent, writes are halted; the rest is for what must still be written
  /// down.
  public static final int HALT_PERCENT = 99;

  private static final long GIB = 1L << 30;

  /// The limits of the constitution.
  public static final BucketLimits DEFAULT =
      new BucketLimits(
          16L << 20,
          16 << 10,
          100 << 10,
          500,
          50_000,
          1000 * GIB,
          Map.of(
              "ai_assistant", 400 * GIB,
              "ai_avatar", 300 * GIB,
              "gurukul", 200 * GIB,
              "enforcement", 100 * GIB),
          100);

  public BucketLimits {
    productBytes = Map.copyOf(productBytes);
    if (artifactBytesMax < 1
        || metadataFieldBytesMax < 1
        || auditEntryBytesMax < 1
        || batchEventsMax < 1
        || writesPerSecondMax < 1
        || storageBytes < 1
        || productsMax < 1) {
      throw new IllegalArgumentException("every limit is at least 1");
    }
  }

  /// At how many bytes writes are halted.
  public long haltBytes() {
    return storageBytes / 100 * HALT_PERCENT + storageBytes % 100 * HALT_PERCENT / 100;
  }

  /// The same limits with another storage.
  public BucketLimits withStorage(long bytes, Map<String, Long> ofProducts) {
    return new BucketLimits(
        artifactBytesMax,
        metadataFieldBytesMax,
        auditEntryBytesMax,
        batchEventsMax,
        writesPerSecondMax,
        bytes,
        ofProducts,
        productsMax);
  }

  /// The same limits with another rate.
  public BucketLimits withWritesPerSecond(int max) {
    return new BucketLimits(
        artifactBytesMax,
        metadataFieldBytesMax,
        auditEntryBytesMax,
        batchEventsMax,
        max,
        storageBytes,
        productBytes,
        productsMax);
  }
}
