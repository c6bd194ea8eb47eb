@NullMarked
package dev.fedcore.evidence.awo.attest;

import org.jspecify.annotations.NullMarked;
