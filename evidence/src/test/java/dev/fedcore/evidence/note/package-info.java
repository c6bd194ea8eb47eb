@NullMarked
package dev.fedcore.evidence.note;

import org.jspecify.annotations.NullMarked;
