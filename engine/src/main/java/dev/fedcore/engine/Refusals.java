package dev.fedcore.engine;

import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.run.Refusal;

/// Keeps refusals as evidence, on the tenant's stream.
record Refusals(TenantJournal journal) {

  /// Writes the refusal down. The answer to the caller is the same if that fails: nothing has been
  /// done, and it stays undone.
  void note(Principal by, RunId run, String command, Refusal refusal) {
    try {
      journal.refused(
          by,
          command,
          refusal.getClass().getSimpleName(),
          JsonObject.builder().put("run_id", run.toString()).build());
    } catch (LedgerUnavailable e) {
      System.getLogger(Refusals.class.getName())
          .log(
              System.Logger.Level.WARNING, "refusal_not_written run={0} command={1}", run, command);
    }
  }
}
