package dev.fedcore.server.policies;

import dev.fedcore.engine.TenantEvent;
import dev.fedcore.engine.TenantJournal;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.NamedRecord;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.engine.policy.PolicyEngine;
import dev.fedcore.engine.policy.PolicyQuestion;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.policy.PolicyDecision;
import dev.fedcore.policy.BundleDirectory;
import dev.fedcore.policy.BundleLoader;
import dev.fedcore.policy.CelPolicyEngine;
import dev.fedcore.policy.CelPolicyEngine.Activation;
import dev.fedcore.policy.CelPolicyEngine.ActiveBundle;
import dev.fedcore.policy.LoadResult;
import dev.fedcore.policy.PolicyBundle;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The bundles that decide, and how a tenant activates its own. What a tenant activated earlier is
/// read from the ledger when the tenant is first met. Safe for use by many threads.
public final class Policies implements PolicyEngine {

  private static final Logger LOG = LoggerFactory.getLogger(Policies.class);
  private static final String KIND = "policy";

  private final Ledger ledger;
  private final TenantJournal journal;
  private final CelPolicyEngine engine;
  private final CelPolicyEngine denying;
  private final Map<TenantId, Boolean> met = new ConcurrentHashMap<>();
  private volatile Optional<BundleDirectory> followed = Optional.empty();
  private final ReentrantLock activating = new ReentrantLock();

  /// Keeps activations in `ledger`.
  ///
  /// @param builtIn bundles for everybody
  /// @param nanoTime a clock that only runs forward
  public Policies(
      Ledger ledger, TenantJournal journal, List<PolicyBundle> builtIn, LongSupplier nanoTime) {
    this.ledger = ledger;
    this.journal = journal;
    this.engine = new CelPolicyEngine(nanoTime);
    this.denying = new CelPolicyEngine(nanoTime);
    builtIn.forEach(bundle -> mustActivate(engine.activateBuiltIn(bundle)));
  }

  @Override
  public PolicyDecision decide(PolicyQuestion question) {
    try {
      meet(question.tenant());
    } catch (LedgerUnavailable _) {
      return denying.decide(question);
    }
    return engine.decide(question);
  }

  /// The bundles that decide about a tenant's runs.
  ///
  /// @throws LedgerUnavailable if the tenant's own cannot be read
  public List<ActiveBundle> active(TenantId tenant) {
    meet(tenant);
    return engine.active(tenant);
  }

  /// Follows the bundles in `directory` from now on.
  public void follow(Path directory) {
    followed = Optional.of(new BundleDirectory(directory, engine));
    refresh();
  }

  /// Brings into force what has changed in the directory. To be called every second or so.
  public void refresh() {
    followed.stream().flatMap(directory -> directory.refresh().stream()).forEach(Policies::tell);
  }

  private static void tell(BundleDirectory.Change change) {
    switch (change) {
      case BundleDirectory.Change.Activated(var policy, var version, var hash) ->
          LOG.info("event=policy_activated policy={} version={} hash={}", policy, version, hash);
      case BundleDirectory.Change.Kept(var policy, var problems) ->
          LOG.error(
              "event=policy_rejected policy={} next=the_last_good_one_stays why=\"{}\"",
              policy,
              problems);
    }
  }

  /// What activating would come to. Changes nothing.
  public Activation rehearse(TenantId tenant, PolicyBundle bundle) {
    meet(tenant);
    return engine.rehearse(tenant, bundle);
  }

  /// Writes the activation down, then activates.
  ///
  /// @throws LedgerUnavailable if it could not be written; the old bundle decides on then
  public Activation activate(Principal by, PolicyBundle bundle) {
    activating.lock();
    try {
      Activation rehearsed = rehearse(by.tenant(), bundle);
      if (rehearsed instanceof Activation.Conflict) {
        return rehearsed;
      }
      journal.record(by, event(bundle), List.of(record(by.tenant(), bundle)));
      return engine.activate(by.tenant(), bundle);
    } finally {
      activating.unlock();
    }
  }

  private void meet(TenantId tenant) {
    if (!met.containsKey(tenant)) {
      met.computeIfAbsent(tenant, this::recall);
    }
  }

  private boolean recall(TenantId tenant) {
    for (NamedRecord record : ledger.records(tenant, KIND)) {
      switch (BundleLoader.load(record.body().utf8())) {
        case LoadResult.Loaded(PolicyBundle bundle, var _) ->
            mustActivate(engine.activate(tenant, bundle));
        case LoadResult.Rejected(var problems) -> {
          LOG.error(
              "event=policy_not_recalled tenant={} policy={} next=denying why=\"{}\"",
              tenant,
              record.key(),
              problems.getFirst());
          throw new LedgerUnavailable("recall policy " + record.key());
        }
      }
    }
    return true;
  }

  private static void mustActivate(Activation activation) {
    if (activation instanceof Activation.Conflict conflict) {
      throw new IllegalStateException(conflict.sentence());
    }
  }

  private static NamedRecord record(TenantId tenant, PolicyBundle bundle) {
    return new NamedRecord(
        tenant, KIND, bundle.policyId(), new Payload(bundle.document().canonicalBytes()));
  }

  private static TenantEvent event(PolicyBundle bundle) {
    return new TenantEvent(
        "FC-POLICY-002",
        "policy.activated.v1",
        "Policy %s %s activated".formatted(bundle.policyId(), bundle.version()),
        JsonObject.builder()
            .put("bundle_hash", bundle.hash().hex())
            .put("policy_id", bundle.policyId())
            .put("version", bundle.version())
            .build());
  }
}
