package dev.fedcore.pillars.bucket.threat;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.pillars.bucket.governance.ArtifactClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The circumstances in which a document is looked at: who wants what with it. Whatever is not said
/// is not looked for.
///
/// @param expectedVersion what a writer expects, with `actualVersion` what there is
/// @param usedBytes with `totalBytes` how full the storage is
public record ScanContext(
    Optional<String> actor,
    Optional<String> operation,
    Optional<String> target,
    Optional<String> scope,
    Optional<String> product,
    Optional<String> requestedProduct,
    Optional<String> artifactType,
    Optional<String> artifactClass,
    Optional<String> owner,
    boolean legalHold,
    OptionalLong expectedVersion,
    OptionalLong actualVersion,
    OptionalLong usedBytes,
    OptionalLong totalBytes) {

  private static final long MAX = JsonNumber.INTEGER_MAX;
  private static final double GB = 1e9;

  /// Reads the members of a request's `context`, all of them optional.
  public static ScanContext read(JsonFields fields) {
    var context =
        new ScanContext(
            fields.optionalString("actor"),
            fields.optionalString("operation"),
            fields.optionalString("target_type"),
            fields.optionalString("governance_scope"),
            fields.optionalString("product_id"),
            fields.optionalString("requested_product_id"),
            fields.optionalString("artifact_type"),
            fields.optionalString("artifact_class"),
            fields.optionalString("owner"),
            fields.bool("legal_hold", false),
            fields.optionalInteger("expected_version", 0, MAX),
            fields.optionalInteger("actual_version", 0, MAX),
            fields.optionalInteger("used_bytes", 0, MAX),
            fields.optionalInteger("total_bytes", 0, MAX));
    fields.end();
    return context;
  }

  /// All threats that show.
  public List<ThreatFinding> findings() {
    var found = new ArrayList<ThreatFinding>();
    String who = actor.orElse("");
    String what = operation.orElse("");
    if (usedBytes.isPresent() && totalBytes.isPresent()) {
      ThreatChecks.storageExhaustion(usedBytes.getAsLong() / GB, totalBytes.getAsLong() / GB)
          .ifPresent(found::add);
    }
    artifactClass
        .filter(name -> ArtifactClass.parse(name).isEmpty())
        .ifPresent(name ->
            found.add(new ThreatFinding(Pattern.UNKNOWN_CLASS, name + " is no artifact class")));
    if (expectedVersion.isPresent() && actualVersion.isPresent()) {
      ThreatChecks.writeCollision(expectedVersion.getAsLong(), actualVersion.getAsLong())
          .ifPresent(found::add);
    }
    if (actor.isPresent() && operation.isPresent()) {
      ThreatChecks.executorOverride(who, what, scope.orElse("")).ifPresent(found::add);
      ThreatChecks.aiEscalation(who, what).ifPresent(found::add);
    }
    if (operation.isPresent()) {
      ThreatChecks.ownershipChallenge(what, who, owner.orElse(who), legalHold)
          .ifPresent(found::add);
      ThreatChecks.auditTampering(what, target.orElse(""), who).ifPresent(found::add);
    }
    if (product.isPresent()) {
      ThreatChecks.crossProductLeak(
              product.get(), requestedProduct.orElse(product.get()), artifactType.orElse(""))
          .ifPresent(found::add);
    }
    return List.copyOf(found);
  }
}
