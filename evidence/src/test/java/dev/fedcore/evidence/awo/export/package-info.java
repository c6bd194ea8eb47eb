@NullMarked
package dev.fedcore.evidence.awo.export;

import org.jspecify.annotations.NullMarked;
