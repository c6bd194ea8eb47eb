/// A client against services that behave as badly as services do.
@NullMarked
package dev.fedcore.http.client;

import org.jspecify.annotations.NullMarked;
