package dev.fedcore.engine;

import dev.fedcore.engine.ledger.KeptAnswer;
import java.util.function.Function;

/// The caller's own name for one request, however often it is sent.
///
/// @param key 1 to 255 visible ASCII characters
/// @param fingerprint SHA-256 over what makes the request this one, as hex
/// @param answer the form in which the answer is kept, in the transaction of what it answers
public record IdempotencyKey(
    String key, String fingerprint, Function<CommandResult.Done, KeptAnswer> answer) {}
