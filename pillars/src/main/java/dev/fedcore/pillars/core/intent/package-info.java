/// The built-in agent: rules that read plain English and find the four actions with their fields.
///
/// The same words always give the same decision. It acts on an imperative with everything that the
/// action needs, and on nothing else: what is negated, reported, conditional, a question or twofold
/// is no action, and what is unclear is asked back.
///
/// Read in this order: [IntentEngine], [Sentences], [Request], then the readings of the actions.
@NullMarked
package dev.fedcore.pillars.core.intent;

import org.jspecify.annotations.NullMarked;
