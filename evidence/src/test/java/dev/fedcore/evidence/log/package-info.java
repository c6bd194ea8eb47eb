@NullMarked
package dev.fedcore.evidence.log;

import org.jspecify.annotations.NullMarked;
