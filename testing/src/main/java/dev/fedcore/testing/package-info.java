/// What every module's tests stand on: [Specification] for rules written as given, when, then,
/// [ForAll] for properties that must hold for whatever a seed draws, and [Eventually] for what
/// another thread is about to do.
///
/// Used in test scope only. Depends on AssertJ, and on nothing of the product.
@NullMarked
package dev.fedcore.testing;

import org.jspecify.annotations.NullMarked;
