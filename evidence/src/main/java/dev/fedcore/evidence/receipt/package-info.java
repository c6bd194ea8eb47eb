/// The documents that a run leaves behind: its genesis, its audit entries, and its receipts.
///
/// Each is canonical JSON, and the SHA-256 of its bytes, in lower-case hexadecimal, is its name.
/// Entries are chained to the genesis by `prev`; step and gate receipts are chained to each other;
/// the workflow receipt binds both chains together. Reading is strict: bytes that are not exactly
/// what the same document would be written as are refused. What the documents mean is decided
/// elsewhere.
///
/// Read in this order: [Genesis], [AuditEntry], [StepContent], [StepReceipt], [GateReceipt],
/// [WorkflowReceipt].
@NullMarked
package dev.fedcore.evidence.receipt;

import org.jspecify.annotations.NullMarked;
