package dev.fedcore.pillars.bucket.store;

/// How much there is.
///
/// @param bytes of all bodies
public record Totals(long events, long audits, long bytes) {

  Totals plus(Totals more) {
    return new Totals(events + more.events, audits + more.audits, bytes + more.bytes);
  }
}
