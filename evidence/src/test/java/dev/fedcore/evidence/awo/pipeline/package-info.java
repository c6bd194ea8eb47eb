@NullMarked
package dev.fedcore.evidence.awo.pipeline;

import org.jspecify.annotations.NullMarked;
