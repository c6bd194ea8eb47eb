package dev.fedcore.engine.adapter;

import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.identity.TenantId;
import java.time.Instant;
import java.util.Optional;

/// Federation Core's leave to perform one action once: signed, bound to the action's digest, and
/// good for a short time. Made after the step's start is durable.
///
/// @param tenant whose walls the effect stands within
/// @param salt what the digest was made with
/// @param actor on whose behalf; part of the digest
/// @param effectKey names the effect at the receiver; the same for a look-up after a crash
/// @param notAfter from then on the permit is void
/// @param signature HMAC-SHA-256 over the other fields, 64 lower-case hex digits
public record Permit(
    TenantId tenant,
    RunId run,
    StepId step,
    int attempt,
    Digest action,
    PayloadSalt salt,
    String actor,
    String effectKey,
    Instant notAfter,
    String signature) {

  private static final String EFFECT_PREFIX = "fedcore-";

  /// The digest that `action` has under this permit's actor and salt.
  public Digest digestOf(ActionForm form, ActionForm.Action performed) {
    return ActionDigest.of(form, performed, actor, salt);
  }

  /// The name under which this attempt's effect can be found again.
  public static String effectKey(RunId run, StepId step, int attempt) {
    return effectKeyPrefix(run) + step + "-" + attempt;
  }

  /// What all effect keys of a run begin with, and no other run's.
  public static String effectKeyPrefix(RunId run) {
    return EFFECT_PREFIX + run + "-";
  }

  /// The run whose effect is named so; empty for a name that is none of ours.
  public static Optional<RunId> runOf(String effectKey) {
    int end = EFFECT_PREFIX.length() + RunId.LENGTH;
    if (!effectKey.startsWith(EFFECT_PREFIX) || effectKey.length() <= end) {
      return Optional.empty();
    }
    try {
      return Optional.of(RunId.parse(effectKey.substring(EFFECT_PREFIX.length(), end)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// The same with its signature.
  Permit signed(String by) {
    return new Permit(tenant, run, step, attempt, action, salt, actor, effectKey, notAfter, by);
  }
}
