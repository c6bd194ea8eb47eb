/// Keys that sign statements: where they are kept, which algorithms they may have, and who is
/// trusted with what.
///
/// Ed25519 and ECDSA on P-256, and nothing else. A key's algorithm is its own; no document can
/// choose another.
///
/// Read in this order: [KeyAlgorithm], [SigningKey], [KeySources], [VerifyingKey], [Trust].
@NullMarked
package dev.fedcore.evidence.keys;

import org.jspecify.annotations.NullMarked;
