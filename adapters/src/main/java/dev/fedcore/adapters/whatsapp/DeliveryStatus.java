package dev.fedcore.adapters.whatsapp;

/// How far a message came. Meta may report in any order, and more than once.
public enum DeliveryStatus {
  SENT,
  DELIVERED,
  READ,
  /// It did not arrive, and will not.
  FAILED
}
