package dev.fedcore.kernel.gate;

import dev.fedcore.kernel.identity.Digest;
import java.util.Optional;

/// What somebody hands to a run when they answer its gate.
///
/// @param hash SHA-256 of the input's canonical form
/// @param receipt their own name for the decision behind it
public record GovernedInput(Digest hash, Optional<String> receipt) {}
