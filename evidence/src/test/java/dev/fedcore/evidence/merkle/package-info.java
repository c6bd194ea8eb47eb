@NullMarked
package dev.fedcore.evidence.merkle;

import org.jspecify.annotations.NullMarked;
