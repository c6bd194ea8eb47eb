/// What stands for people and their words in hashed documents, and how it is led back to them.
///
/// Entries and receipts hold commitments; the values, their salts and the keys are beside them, in
/// the ledger's disclosure store, from which they can be erased without changing a hash. Read in
/// this order: [SubjectKeys], [Sealing], [SealedEvents], [Disclosed].
///
/// Depends on the kernel, the evidence module and the ledger's port.
@NullMarked
package dev.fedcore.engine.disclosure;

import org.jspecify.annotations.NullMarked;
