/// What is told to other services without anybody waiting for it: bounded, counted, and owned, so
/// that nothing is lost unseen.
@NullMarked
package dev.fedcore.pillars.core.outgoing;

import org.jspecify.annotations.NullMarked;
