/// Tests of the file itself.
@NullMarked
package dev.fedcore.pillars.bucket.store;

import org.jspecify.annotations.NullMarked;
