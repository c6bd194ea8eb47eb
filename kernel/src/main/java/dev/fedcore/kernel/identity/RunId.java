package dev.fedcore.kernel.identity;

import java.util.UUID;

/// Names one run for ever. Version 7, so that identifiers sort by the time they were made.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9562#section-5.7">RFC 9562, section 5.7</a>
public record RunId(UUID value) {

  /// How many characters the canonical text has.
  public static final int LENGTH = 36;

  public RunId {
    if (value.version() != 7) {
      throw new IllegalArgumentException("a run id is a version 7 UUID, got " + value);
    }
  }

  /// Reads the canonical text form, as it stands in a URL or a ledger row.
  ///
  /// @throws IllegalArgumentException if the text is not the canonical form of a version 7 UUID
  public static RunId parse(String text) {
    UUID uuid = UUID.fromString(text);
    if (!uuid.toString().equals(text)) {
      throw new IllegalArgumentException("a run id is written in lower case, got " + text);
    }
    return new RunId(uuid);
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
