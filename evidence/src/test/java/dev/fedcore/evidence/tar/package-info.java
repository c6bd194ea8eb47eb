@NullMarked
package dev.fedcore.evidence.tar;

import org.jspecify.annotations.NullMarked;
