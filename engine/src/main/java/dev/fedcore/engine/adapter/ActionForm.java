package dev.fedcore.engine.adapter;

import dev.fedcore.evidence.json.JsonObject;
import java.util.Optional;

/// What one kind of action looks like: how its parameters are written, and what it leaves behind.
/// Knows how to name an action, and cannot carry it out.
///
/// Pure, and the same in every process: it needs no configuration, so that anybody can compute the
/// digest that an approval is bound to. Safe for use by many threads at once.
public interface ActionForm {

  /// The `action_type` that is this form's alone, such as `task`.
  String type();

  /// Changes when the same parameters would be carried out in another way; part of what people
  /// approve. Does not depend on configuration.
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

  /// The code of the first required parameter that is not there or empty, such as
  /// `missing_recipient`; it is part of the Workflow Executor's published contract.
  Optional<String> missing(JsonObject parameters);

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
}
