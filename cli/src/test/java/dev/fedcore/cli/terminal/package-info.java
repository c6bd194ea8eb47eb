/// Tests of the package of the same name.
@NullMarked
package dev.fedcore.cli.terminal;

import org.jspecify.annotations.NullMarked;
