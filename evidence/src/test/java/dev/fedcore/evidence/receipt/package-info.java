@NullMarked
package dev.fedcore.evidence.receipt;

import org.jspecify.annotations.NullMarked;
