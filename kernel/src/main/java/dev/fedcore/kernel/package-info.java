/// The rules.
@NullMarked
package dev.fedcore.kernel;

import org.jspecify.annotations.NullMarked;
