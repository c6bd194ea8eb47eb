@NullMarked
package dev.fedcore.evidence.json;

import org.jspecify.annotations.NullMarked;
