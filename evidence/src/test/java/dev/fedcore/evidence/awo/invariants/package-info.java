@NullMarked
package dev.fedcore.evidence.awo.invariants;

import org.jspecify.annotations.NullMarked;
