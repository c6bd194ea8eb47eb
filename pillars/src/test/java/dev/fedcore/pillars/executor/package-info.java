@NullMarked
package dev.fedcore.pillars.executor;

import org.jspecify.annotations.NullMarked;
