package dev.fedcore.engine.adapter;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.kernel.identity.TenantId;

/// Answers one kind of read-only look-up, for OBSERVE steps.
public interface Observer {

  /// The `source` that is this observer's alone, such as `registry`.
  String source();

  /// Looks up. Changes nothing; the same question in the same situation has the same answer, so no
  /// clock and no random order in it.
  ///
  /// @throws dev.fedcore.evidence.json.MalformedInput naming a parameter that cannot be used
  JsonObject look(TenantId tenant, JsonObject parameters);
}
