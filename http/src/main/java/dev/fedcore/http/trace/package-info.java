/// Spans of what a service answers and asks, in OpenTelemetry's terms. Nobody collects them unless
/// the program was started with an endpoint; then they cost nothing worth measuring.
@NullMarked
package dev.fedcore.http.trace;

import org.jspecify.annotations.NullMarked;
