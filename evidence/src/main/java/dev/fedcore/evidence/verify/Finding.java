package dev.fedcore.evidence.verify;

/// One way in which evidence is not what it should be.
///
/// @param code one of the constants here; for ever
/// @param where which document or file
/// @param what one sentence
public record Finding(String code, String where, String what) {

  /// Bytes are not those that the hash names.
  public static final String CHANGED = "FC-INT-001";

  /// Something is not there that something else names.
  public static final String MISSING = "FC-INT-002";

  /// Something is there that nothing accounts for.
  public static final String EXTRA = "FC-INT-003";

  /// A document cannot be read, or is not in canonical form.
  public static final String MALFORMED = "FC-INT-004";

  /// A link does not fit the one before it.
  public static final String CHAIN_BROKEN = "FC-INT-005";

  /// A receipt and an entry, or what they name, contradict each other.
  public static final String MISMATCH = "FC-INT-006";

  /// The log's root, proof or signature does not hold.
  public static final String LOG = "FC-INT-007";
}
