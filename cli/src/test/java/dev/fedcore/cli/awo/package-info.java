/// Tests of the package of the same name.
@NullMarked
package dev.fedcore.cli.awo;

import org.jspecify.annotations.NullMarked;
