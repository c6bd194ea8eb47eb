@NullMarked
package dev.fedcore.evidence.verify;

import org.jspecify.annotations.NullMarked;
