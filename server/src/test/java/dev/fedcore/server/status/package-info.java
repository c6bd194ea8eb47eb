@NullMarked
package dev.fedcore.server.status;

import org.jspecify.annotations.NullMarked;
