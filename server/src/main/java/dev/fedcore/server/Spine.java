package dev.fedcore.server;

import dev.fedcore.adapters.task.TaskAdapter;
import dev.fedcore.engine.Commits;
import dev.fedcore.engine.Definitions;
import dev.fedcore.engine.Engine;
import dev.fedcore.engine.TenantJournal;
import dev.fedcore.engine.adapter.PermitOffice;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.live.Catalog;
import dev.fedcore.engine.live.Ids;
import dev.fedcore.engine.outbox.OutboxWriter;
import dev.fedcore.engine.registry.AgentRegistry;
import dev.fedcore.engine.registry.RegistryObserver;
import dev.fedcore.server.policies.Policies;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// The engine of one server and what it works with, put together over a ledger.
record Spine(
    Commits commits,
    Definitions definitions,
    Policies policies,
    TaskAdapter tasks,
    AgentRegistry agents,
    Catalog catalog,
    Engine engine) {

  /// Whatever is opened here is pushed on `closing`.
  static Spine over(
      Ledger ledger,
      ServerConfig config,
      Extensions extensions,
      InstantSource clock,
      SecureRandom random,
      Deque<Runnable> closing) {
    var commits = new Commits();
    commits.reached(ledger.size() - 1);
    var journal = new TenantJournal(ledger, commits, clock);
    var definitions = new Definitions(ledger, journal, config.allowUnregistered());
    var policies = new Policies(ledger, journal, extensions.policies(), System::nanoTime);
    config.policies().ifPresent(policies::follow);
    var permits = new PermitOffice(permitKey(random), clock);
    TaskAdapter tasks = TaskAdapter.open(config.data(), permits, clock);
    closing.push(tasks::close);
    var agents = new AgentRegistry(ledger, journal, clock);
    var observers = new ArrayList<>(extensions.observers());
    observers.add(new RegistryObserver(agents));
    var catalog = new Catalog(List.of(tasks), observers);
    var engine =
        new Engine(
            ledger,
            commits,
            new OutboxWriter(List.of()),
            definitions,
            journal,
            catalog,
            policies,
            permits,
            clock,
            new Ids(clock, ThreadLocalRandom::current));
    return new Spine(commits, definitions, policies, tasks, agents, catalog, engine);
  }

  private static byte[] permitKey(SecureRandom random) {
    byte[] key = new byte[PermitOffice.KEY_BYTES];
    random.nextBytes(key);
    return key;
  }
}
