@NullMarked
package dev.fedcore.pillars.witness;

import org.jspecify.annotations.NullMarked;
