@NullMarked
package dev.fedcore.evidence.awo.cri;

import org.jspecify.annotations.NullMarked;
