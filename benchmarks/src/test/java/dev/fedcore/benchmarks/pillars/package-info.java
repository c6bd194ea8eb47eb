@NullMarked
package dev.fedcore.benchmarks.pillars;

import org.jspecify.annotations.NullMarked;
