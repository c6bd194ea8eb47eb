package dev.fedcore.pillars.karma.rules;

import dev.fedcore.evidence.json.JsonObject;
import java.util.List;

/// What the rules make of one observation.
public sealed interface Ruling {

  /// It was taken.
  ///
  /// @param answer the data of the answer
  record Applied(
      QTable table, Member member, List<Change> changes, JsonObject answer, String message)
      implements Ruling {}

  /// It says something that cannot be; nothing changes.
  record Refused(Refusal refusal) implements Ruling {}

  /// Why.
  sealed interface Refusal {

    /// Nothing was ever told of this user.
    record UnknownUser(String userId) implements Refusal {}

    /// The user has no open plan of that name.
    record UnknownPlan(String planId, List<String> open) implements Refusal {}

    /// The user has no debt from such an offence.
    record NothingToAppeal(Offence offence) implements Refusal {}

    /// The user has less than is to be spent.
    record BalanceTooLow(Token token, double available) implements Refusal {}

    /// The offence has a plan that is not fulfilled yet.
    record PlanIsOpen(String planId) implements Refusal {}
  }
}
