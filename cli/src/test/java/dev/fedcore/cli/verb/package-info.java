/// Tests of the package of the same name.
@NullMarked
package dev.fedcore.cli.verb;

import org.jspecify.annotations.NullMarked;
