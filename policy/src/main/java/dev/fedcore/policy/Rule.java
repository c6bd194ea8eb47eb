package dev.fedcore.policy;

import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.kernel.policy.ApprovalRequirement.SelfApproval;
import dev.fedcore.kernel.policy.Verdict;
import dev.fedcore.policy.cel.CelExpression;
import java.time.Duration;
import java.util.Set;

/// One rule: what it decides about the steps that its condition matches.
///
/// @param reason a text, evaluated only when this rule decides
/// @param require what a flag asks for beyond its tier
public record Rule(
    String id,
    Verdict decision,
    int tier,
    Mode mode,
    CelExpression when,
    CelExpression reason,
    Tightening require) {

  private static final Set<String> NAMES_NOBODY =
      Set.of(
          "actor.tenant",
          "workflow.id",
          "workflow.version",
          "workflow.execution",
          "step.id",
          "step.type",
          "step.attempt",
          "action.type");

  /// Whether a rule decides or is only watched.
  public enum Mode {
    ENFORCE,
    /// Evaluated and reported; decides nothing, whatever happens to it.
    SHADOW
  }

  /// Whether the reason quotes something of the question that may say who somebody is.
  boolean isQuoting() {
    return reason.variables().stream().anyMatch(name -> !NAMES_NOBODY.contains(name));
  }

  boolean isShadow() {
    return mode == Mode.SHADOW;
  }

  /// What one rule asks for beyond the approval of a tier. It can make it stricter and nothing
  /// else.
  ///
  /// @param quorum at least so many people
  /// @param expiresIn the gate stays open no longer than this
  public record Tightening(
      int quorum, Duration expiresIn, boolean commentRequired, boolean selfApprovalRefused) {

    /// Asks for nothing more.
    public static final Tightening NONE =
        new Tightening(1, ApprovalRequirement.EXPIRES_IN_MAX, false, false);

    /// `approval`, at least as strict as this.
    ApprovalRequirement applyTo(ApprovalRequirement approval) {
      return new ApprovalRequirement(
              Math.max(quorum, approval.quorum()),
              approval.roles(),
              approval.approvers(),
              approval.expiresIn(),
              commentRequired || approval.commentRequired(),
              selfApprovalRefused ? SelfApproval.REFUSED : approval.selfApproval())
          .within(expiresIn);
    }
  }
}
