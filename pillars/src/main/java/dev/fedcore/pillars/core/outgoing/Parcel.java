package dev.fedcore.pillars.core.outgoing;

import dev.fedcore.evidence.json.JsonObject;

/// One body for one path of a service.
///
/// @param traceId 32 lower-case hexadecimal digits; also sent as `traceparent`
public record Parcel(String traceId, String path, JsonObject body) {}
