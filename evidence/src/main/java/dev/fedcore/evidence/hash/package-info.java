/// SHA-256, as bytes and as the 64 lower-case hexadecimal characters in which documents name it.
@NullMarked
package dev.fedcore.evidence.hash;

import org.jspecify.annotations.NullMarked;
