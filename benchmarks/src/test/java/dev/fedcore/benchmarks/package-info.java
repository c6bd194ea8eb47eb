@NullMarked
package dev.fedcore.benchmarks;

import org.jspecify.annotations.NullMarked;
