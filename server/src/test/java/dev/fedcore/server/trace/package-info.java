@NullMarked
package dev.fedcore.server.trace;

import org.jspecify.annotations.NullMarked;
