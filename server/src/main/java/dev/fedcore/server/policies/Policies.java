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
import dev.fedcore.policy.Admission;
import dev.fedcore.policy.BundleDirectory;
import dev.fedcore.policy.BundleLoader;
import dev.fedcore.policy.CelPolicyEngine;
import dev.fedcore.policy.CelPolicyEngine.Activation;
import dev.fedcore.policy.CelPolicyEngine.ActiveBundle;
import dev.fedcore.policy.LoadResult;
import dev.fedcore.policy.PolicyBundle;
import dev.fedcore.policy.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
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
  private final Optional<Admission> admission;

  /// The tenants that were met, each with those of its policies that could not be recalled.
  private final Map<TenantId, Set<String>> met = new ConcurrentHashMap<>();

  private volatile Optional<BundleDirectory> followed = Optional.empty();
  private final ReentrantLock activating = new ReentrantLock();

  /// Keeps activations in `ledger`.
  ///
  /// @param builtIn bundles for everybody
  /// @param admission what all others must satisfy, if anything
  /// @param nanoTime a clock that only runs forward
  public Policies(
      Ledger ledger,
      TenantJournal journal,
      List<PolicyBundle> builtIn,
      Optional<Admission> admission,
      LongSupplier nanoTime) {
    this.ledger = ledger;
    this.journal = journal;
    this.admission = admission;
    this.engine = new CelPolicyEngine(nanoTime, admission);
    builtIn.forEach(bundle -> mustActivate(engine.activateBuiltIn(bundle)));
  }

  @Override
  public PolicyDecision decide(PolicyQuestion question) {
    Set<String> lost;
    try {
      lost = recalled(question.tenant());
    } catch (LedgerUnavailable _) {
      return CelPolicyEngine.denied(
          question, "the tenant's policies cannot be read", "ledger_unavailable");
    }
    return lost.isEmpty()
        ? engine.decide(question)
        : CelPolicyEngine.denied(question, notRecalled(lost), "not_recalled");
  }

  /// The ones that are left, or those of a layer below, may be milder.
  private static String notRecalled(Set<String> lost) {
    return "the tenant's policy %s may not decide since the last start; activate one that may"
        .formatted(String.join(", ", lost));
  }

  /// Whether bundles that are not built in must be signed.
  public boolean areSigned() {
    return admission.isPresent();
  }

  /// The names of the keys by which a bundle that was admitted is signed; none where nobody asks.
  public List<String> signers(PolicyBundle bundle) {
    return admission.map(rule -> rule.signers(bundle)).orElse(List.of());
  }

  /// The bundles that decide about a tenant's runs, as long as [#notRecalled] is empty.
  ///
  /// @throws LedgerUnavailable if the tenant's own cannot be read
  public List<ActiveBundle> active(TenantId tenant) {
    recalled(tenant);
    return engine.active(tenant);
  }

  /// The ids of a tenant's own policies that were active and may not decide any more. While there
  /// is one, every step of the tenant is denied.
  ///
  /// @throws LedgerUnavailable if they cannot be read
  public List<String> notRecalled(TenantId tenant) {
    return recalled(tenant).stream().sorted().toList();
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
  ///
  /// @throws LedgerUnavailable if the tenant's own bundles cannot be read
  public Activation rehearse(TenantId tenant, PolicyBundle bundle) {
    recalled(tenant);
    return engine.rehearse(tenant, bundle);
  }

  /// Writes the activation down, then activates. Takes the place of one that could not be recalled,
  /// too.
  ///
  /// @throws LedgerUnavailable if it could not be written; the old bundle decides on then
  public Activation activate(Principal by, PolicyBundle bundle) {
    activating.lock();
    try {
      Activation rehearsed = rehearse(by.tenant(), bundle);
      if (rehearsed instanceof Activation.Rejected) {
        return rehearsed;
      }
      journal.record(by, event(bundle), List.of(record(by.tenant(), bundle)));
      Activation activation = engine.activate(by.tenant(), bundle);
      met.computeIfPresent(by.tenant(), (_, lost) -> without(bundle.policyId(), lost));
      return activation;
    } finally {
      activating.unlock();
    }
  }

  private Set<String> recalled(TenantId tenant) {
    Set<String> lost = met.get(tenant);
    return lost != null ? lost : met.computeIfAbsent(tenant, this::recall);
  }

  /// Reads a tenant's bundles from the ledger; the policy ids of those that may not decide.
  private Set<String> recall(TenantId tenant) {
    var lost = new TreeSet<String>();
    for (NamedRecord record : ledger.records(tenant, KIND, "")) {
      problem(tenant, record)
          .ifPresent(problem -> {
            lost.add(record.key());
            LOG.error(
                "event=policy_not_recalled tenant={} policy={} next=denying why=\"{}\"",
                tenant,
                record.key(),
                problem);
          });
    }
    return Set.copyOf(lost);
  }

  private Optional<Problem> problem(TenantId tenant, NamedRecord record) {
    return switch (BundleLoader.load(record.body().utf8())) {
      case LoadResult.Loaded(PolicyBundle bundle, var _) ->
          switch (engine.activate(tenant, bundle)) {
            case Activation.Activated _ -> Optional.empty();
            case Activation.Rejected rejected -> Optional.of(rejected.problem());
          };
      case LoadResult.Rejected(var problems) -> Optional.of(problems.getFirst());
    };
  }

  private static Set<String> without(String policyId, Set<String> lost) {
    return lost.stream()
        .filter(other -> !other.equals(policyId))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static void mustActivate(Activation activation) {
    if (activation instanceof Activation.Rejected rejected) {
      throw new IllegalStateException(rejected.problem().sentence());
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
