/// Bucket, asked over real HTTP.
@NullMarked
package dev.fedcore.pillars.bucket;

import org.jspecify.annotations.NullMarked;
