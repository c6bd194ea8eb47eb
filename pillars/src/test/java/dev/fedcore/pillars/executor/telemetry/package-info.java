@NullMarked
package dev.fedcore.pillars.executor.telemetry;

import org.jspecify.annotations.NullMarked;
