/// Tests of the bundle format, the loader and the engine.
@NullMarked
package dev.fedcore.policy;

import org.jspecify.annotations.NullMarked;
