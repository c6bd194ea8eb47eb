/// The path of a command.
@NullMarked
package dev.fedcore.engine;

import org.jspecify.annotations.NullMarked;
