/// What every module's tests stand on: [Specification] for rules written as given, when, then,
/// [ForAll] for properties that must hold for whatever a seed draws, [Eventually] for what another
/// thread is about to do, [LiveDirectory] for files that it works on, and [FreePorts] for where it
/// will listen.
///
/// Used in test scope only. Depends on AssertJ, and on nothing of the product.
@NullMarked
package dev.fedcore.testing;

import org.jspecify.annotations.NullMarked;
