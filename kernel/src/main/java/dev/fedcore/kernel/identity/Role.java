package dev.fedcore.kernel.identity;

/// What a principal may do. Roles do not contain each other: a key that does two things has two.
public enum Role {
  /// Reads runs, gates, definitions and policies.
  VIEWER,
  /// Creates, starts, pauses, resumes, retries and cancels runs.
  OPERATOR,
  /// Votes on gates.
  APPROVER,
  /// Reports the steps of external runs, registers agents and sends their heartbeats.
  EXECUTOR,
  /// Reads everything a viewer reads, and the audit stream of the tenant.
  AUDITOR,
  /// Registers definitions and activates policy bundles.
  ADMIN
}
