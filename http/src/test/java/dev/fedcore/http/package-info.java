/// A server against clients that behave as badly as clients do.
@NullMarked
package dev.fedcore.http;

import org.jspecify.annotations.NullMarked;
