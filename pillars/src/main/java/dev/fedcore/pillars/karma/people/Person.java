package dev.fedcore.pillars.karma.people;

import java.util.Optional;

/// A user, and what stands for that one in all that is hashed, replayed or derived.
///
/// @param pseudonym the commitment to the user id; the user id itself for whom version 1 knew
/// @param unkept the salt of a pseudonym that was drawn now and is not kept yet
public record Person(String userId, String pseudonym, Optional<Salt> unkept) {

  /// Somebody whom Karma has not met.
  public static Person met(String userId, Salt salt) {
    return new Person(userId, salt.seal(userId), Optional.of(salt));
  }

  /// Somebody who is kept.
  public static Person known(String userId, String pseudonym) {
    return new Person(userId, pseudonym, Optional.empty());
  }

  /// A plan's id as it is kept: it begins with the user id, and there with the pseudonym. An id
  /// that begins otherwise names no plan of this user, and is left.
  String plan(String planId) {
    return planId.startsWith(userId) ? pseudonym + planId.substring(userId.length()) : planId;
  }
}
