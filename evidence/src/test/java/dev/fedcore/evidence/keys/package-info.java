@NullMarked
package dev.fedcore.evidence.keys;

import org.jspecify.annotations.NullMarked;
