@NullMarked
package dev.fedcore.evidence.witness;

import org.jspecify.annotations.NullMarked;
