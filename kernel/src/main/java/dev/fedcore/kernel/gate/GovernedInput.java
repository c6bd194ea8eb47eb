package dev.fedcore.kernel.gate;

import dev.fedcore.kernel.identity.Digest;
import java.util.Optional;

/// What somebody hands to a run when they answer its gate.
///
/// @param hash of the input's canonical form, with the run's salt
/// @param receipt their own name for the decision behind it
public record GovernedInput(Digest hash, Optional<String> receipt) {}
