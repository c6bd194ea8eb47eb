@NullMarked
package dev.fedcore.cli.bundle;

import org.jspecify.annotations.NullMarked;
