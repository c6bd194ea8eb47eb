/// Checks evidence offline, with nothing but the evidence: a run's entries and receipts, a log, an
/// exported folder.
///
/// A verifier never stops at the first failure and never throws for bad evidence: it reports all
/// that it finds. What the documents mean for a business is not judged, only that they are
/// unchanged, complete and fit together.
///
/// Read in this order: [VerificationReport], [RunVerifier], [LogVerifier], [RunFolder],
/// [FolderVerifier].
@NullMarked
package dev.fedcore.evidence.verify;

import org.jspecify.annotations.NullMarked;
