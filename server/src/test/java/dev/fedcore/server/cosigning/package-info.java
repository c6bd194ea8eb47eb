/// Logs that witnesses watch, and the program that watches.
@NullMarked
package dev.fedcore.server.cosigning;

import org.jspecify.annotations.NullMarked;
