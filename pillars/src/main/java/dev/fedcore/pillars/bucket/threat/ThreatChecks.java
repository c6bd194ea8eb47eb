package dev.fedcore.pillars.bucket.threat;

import dev.fedcore.pillars.bucket.governance.ActorType;
import dev.fedcore.pillars.bucket.governance.Operation;
import dev.fedcore.pillars.bucket.governance.ProductRules;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Recognises one threat at a time from what is asked. Empty means: nothing of it is seen.
public final class ThreatChecks {

  /// From this share of the quota on, in per cent, somebody must act.
  public static final int WARN_PERCENT = 90;

  private static final Set<String> CHANGING =
      Set.of("UPDATE", "DELETE", "MODIFY", "MODIFY_AUDIT", "TRUNCATE", "DROP", "OVERWRITE");

  private static final Set<String> DELETING = Set.of("DELETE", "PURGE", "HARD_DELETE");

  /// Every scope is governance's but this one.
  private static final Set<String> EXECUTION_SCOPES = Set.of("", "none", "execution");

  private ThreatChecks() {}

  /// T1. Both in the same unit.
  public static Optional<ThreatFinding> storageExhaustion(double used, double total) {
    return total <= 0 || used / total * 100 >= WARN_PERCENT
        ? found(Pattern.STORAGE_NEAR_QUOTA, "%.1f of %.1f GB are used".formatted(used, total))
        : Optional.empty();
  }

  /// T4. A writer that expects another version than there is.
  public static Optional<ThreatFinding> writeCollision(long expected, long actual) {
    return expected != actual
        ? found(
            Pattern.VERSION_CONFLICT,
            "version %d was expected, there is %d".formatted(expected, actual))
        : Optional.empty();
  }

  /// T5. The workflow executor outside of execution, or the governance executor beyond its table.
  public static Optional<ThreatFinding> executorOverride(
      String actor, String requestedAction, String governanceScope) {
    ActorType type = ActorType.of(actor);
    boolean isExecutor = type == ActorType.WORKFLOW_EXECUTOR || type == ActorType.EXECUTOR;
    boolean inTable = Operation.parse(requestedAction).filter(type.allowed()::contains).isPresent();
    boolean inScope =
        type == ActorType.EXECUTOR
            || EXECUTION_SCOPES.contains(governanceScope.toLowerCase(Locale.ROOT));
    return isExecutor && !(inTable && inScope)
        ? found(
            Pattern.EXECUTOR_OUT_OF_SCOPE,
            "%s asked for %s in the scope %s".formatted(actor, requestedAction, governanceScope))
        : Optional.empty();
  }

  /// T6. An AI actor that asks for more than to create and to append.
  public static Optional<ThreatFinding> aiEscalation(String actor, String requestedOperation) {
    boolean allowed =
        Operation.parse(requestedOperation)
            .filter(ActorType.AI_AGENT.allowed()::contains)
            .isPresent();
    return ActorType.of(actor) == ActorType.AI_AGENT && !allowed
        ? found(Pattern.AI_OUT_OF_SCOPE, "%s asked for %s".formatted(actor, requestedOperation))
        : Optional.empty();
  }

  /// T7. A deletion under a legal hold, or by somebody who is not the owner.
  public static Optional<ThreatFinding> ownershipChallenge(
      String operation, String actor, String owner, boolean legalHold) {
    if (!DELETING.contains(operation.toUpperCase(Locale.ROOT))) {
      return Optional.empty();
    }
    if (legalHold) {
      return found(Pattern.DELETE_UNDER_HOLD, "a deletion under a legal hold");
    }
    return actor.equals(owner)
        ? Optional.empty()
        : found(Pattern.DELETE_BY_STRANGER, "%s is not the owner".formatted(actor));
  }

  /// T8. Anything that would change what the audit trail says.
  public static Optional<ThreatFinding> auditTampering(
      String operation, String target, String actor) {
    boolean changes = CHANGING.contains(operation.toUpperCase(Locale.ROOT));
    boolean isAudit = target.toLowerCase(Locale.ROOT).contains("audit");
    return operation.equalsIgnoreCase("MODIFY_AUDIT") || (changes && isAudit)
        ? found(Pattern.AUDIT_CHANGE, "%s asked to %s %s".formatted(actor, operation, target))
        : Optional.empty();
  }

  /// T9. Another product's records, or a type of artifact that is not the product's.
  ///
  /// @param artifactType empty when none is asked for
  public static Optional<ThreatFinding> crossProductLeak(
      String product, String requestedProduct, String artifactType) {
    if (!product.equalsIgnoreCase(requestedProduct)) {
      return found(
          Pattern.OTHER_PRODUCT,
          "%s asked for what belongs to %s".formatted(product, requestedProduct));
    }
    Optional<ProductRules> rules = ProductRules.of(product);
    boolean foreign =
        !artifactType.isEmpty()
            && rules.isPresent()
            && !rules.get().artifactTypes().contains(artifactType);
    return foreign
        ? found(Pattern.FOREIGN_TYPE, "%s has no %s".formatted(product, artifactType))
        : Optional.empty();
  }

  static Optional<ThreatFinding> found(Pattern pattern, String description) {
    return Optional.of(new ThreatFinding(pattern, description));
  }
}
