/// What every module's tests stand on: [Specification] for rules written as given, when, then, and
/// [ForAll] for properties that must hold for whatever a seed draws.
///
/// Used in test scope only. Depends on AssertJ, and on nothing of the product.
@NullMarked
package dev.fedcore.testing;

import org.jspecify.annotations.NullMarked;
