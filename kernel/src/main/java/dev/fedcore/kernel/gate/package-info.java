/// Where people answer a flag: what a gate asks, who has voted, and the rules of voting.
///
/// A gate is bound to the digest of one exact action. Everything here is a pure function or an
/// immutable value. Read in this order: [Gate], [Vote], [Voting].
///
/// Depends on [dev.fedcore.kernel.identity] and [dev.fedcore.kernel.policy].
@NullMarked
package dev.fedcore.kernel.gate;

import org.jspecify.annotations.NullMarked;
