package dev.fedcore.adapters.outbox;

import dev.fedcore.evidence.json.JsonObject;

/// What is about to leave.
///
/// @param type the action type, such as `email`
/// @param output what it will put out if it happens, as far as that is known before
public record Intent(String effectKey, String type, JsonObject output) {}
