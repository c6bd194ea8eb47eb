package dev.fedcore.engine.codec;

import dev.fedcore.evidence.json.JsonObject;
import java.util.Optional;

/// What an event says in an audit entry, beside who, when and where in the chain.
///
/// @param type its code and its name for the decoder
/// @param previousStatus of what the code is about: the run, the step or the gate
/// @param decision in one word, where the event is one
public record EventForm(
    EventType type,
    Optional<String> stepId,
    Optional<String> previousStatus,
    Optional<String> newStatus,
    Optional<String> decision,
    String message,
    JsonObject details) {}
