/// Who signed a bundle, who must have, and which of two versions is the later one.
///
/// A bundle carries its signatures in itself, outside its hash: each is a line of a C2SP signed
/// note over the format, the policy id, the version and the hash. Nothing here reads a bundle or
/// decides.
///
/// Read in this order: [PolicyKeys], [VersionOrder], [SignedText].
///
/// @see <a href="https://c2sp.org/signed-note">C2SP signed-note</a>
@NullMarked
package dev.fedcore.policy.signature;

import org.jspecify.annotations.NullMarked;
