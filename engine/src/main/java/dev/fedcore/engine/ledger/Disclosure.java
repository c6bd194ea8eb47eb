package dev.fedcore.engine.ledger;

/// What is needed to show what a commitment stands for: the value and its salt. Kept beside the
/// entries and not in them, so that it can be erased.
///
/// @param stream whose entries and receipts hold the commitment
/// @param salt 32 secret bytes, as 64 lower-case hex digits
/// @param author the pseudonym of whoever wrote the value, or a name that is nobody's
public record Disclosure(
    StreamId stream, String commitment, String salt, String value, String author) {

  /// Says nothing of the value.
  @Override
  public String toString() {
    return "Disclosure[" + commitment + "]";
  }
}
