/// Tests of the package of the same name.
@NullMarked
package dev.fedcore.cli.secret;

import org.jspecify.annotations.NullMarked;
