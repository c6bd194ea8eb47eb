@NullMarked
package dev.fedcore.evidence.hash;

import org.jspecify.annotations.NullMarked;
