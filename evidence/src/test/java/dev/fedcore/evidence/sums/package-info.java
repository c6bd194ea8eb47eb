@NullMarked
package dev.fedcore.evidence.sums;

import org.jspecify.annotations.NullMarked;
