/// What PRANA, the console in the browser, tells of a user's attention: one packet every five
/// seconds, with counts and never with content. Observed only; nothing is decided by it.
///
/// Read in this order: [Packet], [CognitiveState], [Attention].
@NullMarked
package dev.fedcore.pillars.bucket.prana;

import org.jspecify.annotations.NullMarked;
