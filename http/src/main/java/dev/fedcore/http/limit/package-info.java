/// How often somebody may ask. Read [RateLimit].
@NullMarked
package dev.fedcore.http.limit;

import org.jspecify.annotations.NullMarked;
