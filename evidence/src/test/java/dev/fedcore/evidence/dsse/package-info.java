@NullMarked
package dev.fedcore.evidence.dsse;

import org.jspecify.annotations.NullMarked;
