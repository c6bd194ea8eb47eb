package dev.fedcore.engine.definition;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.kernel.identity.StepId;
import java.util.List;

/// One step as its author wrote it: what to do, with references still in place.
public sealed interface DefinedStep {

  StepId id();

  /// Looks something up.
  ///
  /// @param source what is asked, such as `registry`
  /// @param parameters of the look-up, with references
  record Observe(StepId id, String source, JsonObject parameters) implements DefinedStep {}

  record Decide(StepId id) implements DefinedStep {}

  record Gate(StepId id) implements DefinedStep {}

  /// Acts through one adapter.
  ///
  /// @param actionType the adapter's type, or a reference to it
  /// @param parameters an object, or a reference to one
  record Act(StepId id, String actionType, JsonValue parameters) implements DefinedStep {}

  /// Puts outputs of earlier steps together.
  ///
  /// @param collect whose outputs, in this order
  record Transform(StepId id, List<StepId> collect) implements DefinedStep {
    public Transform {
      collect = List.copyOf(collect);
    }
  }
}
