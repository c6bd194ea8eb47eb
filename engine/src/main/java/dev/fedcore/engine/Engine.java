package dev.fedcore.engine;

import dev.fedcore.engine.adapter.PermitOffice;
import dev.fedcore.engine.disclosure.SubjectKeys;
import dev.fedcore.engine.ledger.Commits;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.live.Catalog;
import dev.fedcore.engine.live.Driver;
import dev.fedcore.engine.live.Ids;
import dev.fedcore.engine.live.Preparer;
import dev.fedcore.engine.live.RunLoader;
import dev.fedcore.engine.live.RunWatcher;
import dev.fedcore.engine.outbox.OutboxWriter;
import dev.fedcore.engine.policy.PolicyEngine;
import java.time.InstantSource;

/// What the engine stands on: everything that is chosen where the program is put together.
///
/// @param clock the time of events; truncated to microseconds
/// @param permits leave for actions, and where adapters hand it in
/// @param subjects the keys under which names are sealed
/// @param watcher is told what has happened to runs
public record Engine(
    Ledger ledger,
    Commits commits,
    OutboxWriter outbox,
    Definitions definitions,
    TenantJournal journal,
    Catalog catalog,
    PolicyEngine policy,
    PermitOffice permits,
    InstantSource clock,
    Ids ids,
    SubjectKeys subjects,
    RunWatcher watcher) {

  RunLoader loader() {
    return new RunLoader(ledger, definitions::pinned, subjects);
  }

  Preparer preparer() {
    return new Preparer(catalog);
  }

  Driver driver() {
    return new Driver(preparer(), catalog, policy);
  }

  Refusals refusals() {
    return new Refusals(journal);
  }
}
