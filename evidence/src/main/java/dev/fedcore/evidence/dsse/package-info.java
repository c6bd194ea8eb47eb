/// Signed statements in the formats that other people's tools read: DSSE envelopes, in-toto
/// statements in them, and Sigstore bundles that carry one with its proof of being in a log.
///
/// What is written is canonical; what is read must be. Nothing here decides whom to trust.
///
/// Read in this order: [Statement], [Envelope], [LogLeaf], [SigstoreBundle].
///
/// @see <a href="https://github.com/secure-systems-lab/dsse/blob/master/protocol.md">DSSE</a>
/// @see <a href="https://github.com/in-toto/attestation/tree/main/spec/v1">in-toto, v1</a>
@NullMarked
package dev.fedcore.evidence.dsse;

import org.jspecify.annotations.NullMarked;
