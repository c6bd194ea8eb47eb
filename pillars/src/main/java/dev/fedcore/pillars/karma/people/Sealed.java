package dev.fedcore.pillars.karma.people;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import java.util.Optional;
import java.util.Set;

/// What an event says, in the form in which it is hashed.
///
/// @param hashed the same members: the pseudonym for the user, commitments for words
/// @param said what the commitments are to, by the same names; without the event's id
public record Sealed(JsonObject hashed, JsonObject said) {

  /// Members whose values come from closed lists, or are amounts. Any other is sealed, so that one
  /// that is new says nothing in clear by oversight.
  private static final Set<String> CLEAR =
      Set.of("action", "amount", "atonement_type", "role", "source", "token");

  /// Seals it.
  ///
  /// @param told as it was sent
  /// @param plans the ids of the user's open plans, as they are kept. What names none of them may
  ///   be any words, and is sealed
  public static Sealed of(JsonObject told, Person person, Set<String> plans, Salt salt) {
    var hashed = JsonObject.builder();
    var said = JsonObject.builder();
    told.members()
        .forEach((name, value) -> {
          Optional<String> clear = clear(name, value, person, plans);
          if (CLEAR.contains(name)) {
            hashed.put(name, value);
          } else if (clear.isPresent()) {
            hashed.put(name, clear.get());
          } else {
            hashed.put(name, salt.seal(value));
            if (!name.equals(Opening.EVENT_ID)) {
              said.put(name, value);
            }
          }
        });
    return new Sealed(hashed.build(), said.build());
  }

  /// What stands for a name of the user or of a plan.
  private static Optional<String> clear(
      String name, JsonValue value, Person person, Set<String> plans) {
    if (name.equals(Opening.USER_ID)) {
      return Optional.of(person.pseudonym());
    }
    return name.equals(Opening.PLAN_ID) && value instanceof JsonString(String planId)
        ? Optional.of(person.plan(planId)).filter(plans::contains)
        : Optional.empty();
  }
}
