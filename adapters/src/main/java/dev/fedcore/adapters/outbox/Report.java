package dev.fedcore.adapters.outbox;

import dev.fedcore.evidence.json.JsonObject;

/// What the receiver said of an effect afterwards.
///
/// @param reference what the receiver calls the effect
/// @param status one word; each is kept once
/// @param happened whether it shows that the effect happened, or that it did not
/// @param detail what else was said
public record Report(
    String effectKey, String reference, String status, boolean happened, JsonObject detail) {}
