package dev.fedcore.engine.ledger;

import dev.fedcore.kernel.identity.TenantId;

/// The key under which one person's name is sealed in one tenant. Whoever deletes it makes the
/// pseudonym a number that nobody can lead back.
///
/// @param subject the person's id as the system knows it
/// @param key 32 secret bytes, as 64 lower-case hex digits
/// @param pseudonym the commitment that stands for the person in hashed documents
public record SubjectKey(TenantId tenant, String subject, String key, String pseudonym) {

  /// Says nothing of the key, so that no log does.
  @Override
  public String toString() {
    return "SubjectKey[" + pseudonym + "]";
  }
}
