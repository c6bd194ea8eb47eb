/// Tests of the package of the same name.
@NullMarked
package dev.fedcore.cli.offline;

import org.jspecify.annotations.NullMarked;
