/// An agent that asks a language model, over the interface that OpenAI's chat completions have and
/// many servers share. What the model says is checked like anything from outside; whatever does not
/// pass is no answer.
@NullMarked
package dev.fedcore.pillars.core.chat;

import org.jspecify.annotations.NullMarked;
