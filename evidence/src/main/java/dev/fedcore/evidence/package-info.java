/// Proves bytes.
@NullMarked
package dev.fedcore.evidence;

import org.jspecify.annotations.NullMarked;
