package dev.fedcore.policy;

import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.policy.CelPolicyEngine.ActiveBundle;
import dev.fedcore.policy.CelPolicyEngine.Source;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All bundles that decide at one moment. Immutable: activation makes another.
///
/// There are layers: built in, from the directory, and each tenant's own. A policy of a higher
/// layer hides the one of the same id below it; the bundle for a workflow, or else the default, is
/// looked for from the highest layer down.
///
/// @param layers the bundles of each layer, by policy id
/// @param choices for each tenant with a layer of its own, which bundle decides about what
/// @param everybody the same for all other tenants
record ActiveBundles(
    Map<Layer, Map<String, PolicyBundle>> layers, Map<TenantId, Choice> choices, Choice everybody) {

  static final ActiveBundles NONE =
      new ActiveBundles(Map.of(), Map.of(), new Choice(Map.of(), Optional.empty()));

  /// Where a bundle was activated, and for whom; for everybody without a tenant.
  record Layer(Source source, Optional<TenantId> tenant) {}

  /// Which bundle decides about a workflow, by its id.
  record Choice(Map<String, PolicyBundle> byWorkflow, Optional<PolicyBundle> otherwise) {

    Optional<PolicyBundle> about(String workflowId) {
      PolicyBundle named = byWorkflow.get(workflowId);
      return named != null ? Optional.of(named) : otherwise;
    }
  }

  /// The bundle that decides about a workflow.
  Optional<PolicyBundle> about(TenantId tenant, String workflowId) {
    return choices.getOrDefault(tenant, everybody).about(workflowId);
  }

  /// The bundles that a tenant sees, from the highest layer down.
  List<ActiveBundle> seenBy(Optional<TenantId> tenant) {
    var seen = new LinkedHashMap<String, ActiveBundle>();
    Stream.of(
            new Layer(Source.API, tenant),
            new Layer(Source.DIRECTORY, Optional.empty()),
            new Layer(Source.BUILT_IN, Optional.empty()))
        .forEach(layer ->
            bundles(layer)
                .forEach(bundle ->
                    seen.putIfAbsent(bundle.policyId(), new ActiveBundle(bundle, layer.source()))));
    return List.copyOf(seen.values());
  }

  /// The bundle of this id in one layer.
  Optional<PolicyBundle> in(Layer layer, String policyId) {
    return Optional.ofNullable(layers.getOrDefault(layer, Map.of()).get(policyId));
  }

  /// A bundle of the same layer and another id that decides about the same.
  Optional<PolicyBundle> rival(Layer layer, PolicyBundle bundle) {
    return bundles(layer).stream()
        .filter(other -> !other.policyId().equals(bundle.policyId()))
        .filter(other ->
            (other.isDefault() && bundle.isDefault())
                || other.appliesTo().stream().anyMatch(bundle.appliesTo()::contains))
        .findFirst();
  }

  /// The same, and `bundle` in place of the one of its id in its layer.
  ActiveBundles with(Layer layer, PolicyBundle bundle) {
    var changed = new LinkedHashMap<>(layers.getOrDefault(layer, Map.of()));
    changed.put(bundle.policyId(), bundle);
    var all = new HashMap<>(layers);
    all.put(layer, changed);
    return new ActiveBundles(Map.copyOf(all), Map.of(), NONE.everybody()).chosen();
  }

  private ActiveBundles chosen() {
    Map<TenantId, Choice> chosen =
        layers.keySet().stream()
            .flatMap(layer -> layer.tenant().stream())
            .distinct()
            .collect(
                Collectors.toUnmodifiableMap(
                    tenant -> tenant, tenant -> choice(Optional.of(tenant))));
    return new ActiveBundles(layers, chosen, choice(Optional.empty()));
  }

  private Choice choice(Optional<TenantId> tenant) {
    var byWorkflow = new HashMap<String, PolicyBundle>();
    Optional<PolicyBundle> otherwise = Optional.empty();
    for (ActiveBundle active : seenBy(tenant)) {
      PolicyBundle bundle = active.bundle();
      bundle.appliesTo().forEach(workflow -> byWorkflow.putIfAbsent(workflow, bundle));
      if (otherwise.isEmpty() && bundle.isDefault()) {
        otherwise = Optional.of(bundle);
      }
    }
    return new Choice(Map.copyOf(byWorkflow), otherwise);
  }

  private Collection<PolicyBundle> bundles(Layer layer) {
    return layers.getOrDefault(layer, Map.of()).values();
  }
}
