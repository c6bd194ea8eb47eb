/// Tells Bucket and Karma what was executed: written in the transaction that ends the run,
/// delivered afterwards as often as it takes, waited for by nobody.
@NullMarked
package dev.fedcore.pillars.executor.telemetry;

import org.jspecify.annotations.NullMarked;
