/// Binds a finished run to its approval and its SHA256 root, and checks such an attestation again
/// without a server.
///
/// An attestation is made of a run's files and of signatures, and of nothing else, so a verifier
/// makes every document again and compares. There is no attestation of a run that is not valid.
///
/// Read in this order: [Attestor], [BindResult], [Bundle], [BundleVerifier], [BundleReport].
@NullMarked
package dev.fedcore.evidence.awo.attest;

import org.jspecify.annotations.NullMarked;
