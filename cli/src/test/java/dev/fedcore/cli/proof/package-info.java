/// Tests of the package of the same name.
@NullMarked
package dev.fedcore.cli.proof;

import org.jspecify.annotations.NullMarked;
