@NullMarked
package dev.fedcore.evidence.awo.folder;

import org.jspecify.annotations.NullMarked;
