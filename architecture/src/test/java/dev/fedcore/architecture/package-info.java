/// The shape of the house, as rules over the compiled classes of every module.
///
/// Each rule is a [Claim] with a small bad sample that breaks it, so that no rule can quietly stop
/// biting. There is no list of exceptions: a rule that needs one is the wrong rule. Nothing here
/// ships, and nothing here tests behaviour.
///
/// Read in this order: [Claim], [ModuleClaims], [PurityClaims], [CodeClaims], [ArchitectureTest].
@NullMarked
package dev.fedcore.architecture;

import org.jspecify.annotations.NullMarked;
