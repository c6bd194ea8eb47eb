package dev.fedcore.pillars.bucket.store;

import java.util.Map;

/// How much may be kept, in bytes of canonical bodies. An entry that would go beyond is refused.
///
/// @param totalBytes of all products together
/// @param productBytes of single products; one that is not named has the total
/// @param productsMax how many products there may be
public record Quota(long totalBytes, Map<String, Long> productBytes, int productsMax) {

  public Quota {
    productBytes = Map.copyOf(productBytes);
  }

  long of(String product) {
    return productBytes.getOrDefault(product, totalBytes);
  }
}
