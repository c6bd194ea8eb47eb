@NullMarked
package dev.fedcore.evidence.awo.provenance;

import org.jspecify.annotations.NullMarked;
