@NullMarked
package dev.fedcore.server.metrics;

import org.jspecify.annotations.NullMarked;
