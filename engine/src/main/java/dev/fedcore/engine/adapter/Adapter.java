package dev.fedcore.engine.adapter;

import dev.fedcore.evidence.json.JsonObject;
import java.util.Optional;

/// Carries out one kind of action.
///
/// Every implementation passes `AdapterContract`. Safe for use by many threads at once. An adapter
/// decides nothing, retries nothing, and sets a time limit on every wait.
public interface Adapter extends ActionForm {

  /// What this adapter's actions look like.
  ActionForm form();

  @Override
  default String type() {
    return form().type();
  }

  @Override
  default String version() {
    return form().version();
  }

  @Override
  default Effect effect() {
    return form().effect();
  }

  @Override
  default Dedup dedup() {
    return form().dedup();
  }

  @Override
  default Action normalise(JsonObject parameters) {
    return form().normalise(parameters);
  }

  @Override
  default Optional<String> missing(JsonObject parameters) {
    return form().missing(parameters);
  }

  /// Does it, once. Redeems the permit before anything leaves.
  ///
  /// @throws PermitRefused if the permit is not for this action, used or expired; nothing was done
  AdapterOutcome execute(Permit permit, Action action);

  /// What became of an earlier execution under `effectKey`.
  Lookup find(String effectKey);

  /// Whether actions are only written down for people to look at, because what would carry them out
  /// is not configured. Every output of such an adapter says so too, as `"dry_run": true`.
  boolean isDryRun();

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
