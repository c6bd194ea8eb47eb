/// Asks a language model, through the chat completions that OpenAI's API and its likes offer.
///
/// What a model says is data: it is bounded, checked against a schema if one was asked for,
/// recorded byte by byte, and never acted upon here. Begin with
/// [dev.fedcore.adapters.ai.AiAdapter].
///
/// Depends on the engine's port and a validator of JSON Schema.
@NullMarked
package dev.fedcore.adapters.ai;

import org.jspecify.annotations.NullMarked;
