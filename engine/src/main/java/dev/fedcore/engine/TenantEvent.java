package dev.fedcore.engine;

import dev.fedcore.evidence.json.JsonObject;

/// Something that happened outside of any run, for the tenant's own stream.
///
/// @param code such as `FC-DEFINITION-001`
/// @param type such as `definition.registered.v1`
public record TenantEvent(String code, String type, String message, JsonObject details) {}
