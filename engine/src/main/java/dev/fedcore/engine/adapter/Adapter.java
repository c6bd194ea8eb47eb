package dev.fedcore.engine.adapter;

import dev.fedcore.evidence.json.JsonObject;

/// Carries out one kind of action.
///
/// Every implementation passes `AdapterContract`. Safe for use by many threads at once. An adapter
/// decides nothing, retries nothing, and sets a time limit on every wait.
public interface Adapter {

  /// The `action_type` that is this adapter's alone, such as `task`.
  String type();

  /// Changes when the same parameters would be carried out in another way; part of what people
  /// approve.
  String version();

  /// What an action of this kind leaves behind.
  Effect effect();

  /// How a repetition of the same action would be noticed.
  Dedup dedup();

  /// Checks parameters and brings them into the form that is approved, hashed and executed:
  /// defaults filled in, nothing unknown, nothing missing.
  ///
  /// @throws dev.fedcore.evidence.json.MalformedInput naming the field, with pointers below
  ///   `/parameters`
  Action normalise(JsonObject parameters);

  /// Does it, once. Redeems the permit before anything leaves.
  ///
  /// @throws PermitRefused if the permit is not for this action, used or expired; nothing was done
  AdapterOutcome execute(Permit permit, Action action);

  /// What became of an earlier execution under `effectKey`.
  Lookup find(String effectKey);

  /// What an action leaves behind.
  enum Effect {
    NONE,
    REVERSIBLE,
    IRREVERSIBLE
  }

  /// How a repetition would be noticed.
  enum Dedup {
    /// The receiver refuses a second action under the same key.
    KEY,
    /// The receiver can be asked what became of a key.
    LOOK_UP,
    /// Not at all.
    NONE
  }

  /// An action in its normal form.
  ///
  /// @param target whom or what it is about, for policy and people; may be empty
  record Action(String target, JsonObject parameters) {}

  /// The answer of [Adapter#find].
  sealed interface Lookup {

    /// It happened.
    record Found(String effect, JsonObject output) implements Lookup {}

    /// It did not happen, for sure.
    record Absent() implements Lookup {}

    /// Nobody can tell from here.
    record Unknowable(String why) implements Lookup {}
  }
}
