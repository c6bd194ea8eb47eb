/// How the engine asks policy about a step, and nothing of how policy answers.
///
/// Depends on the kernel and on the evidence module's JSON.
@NullMarked
package dev.fedcore.engine.policy;

import org.jspecify.annotations.NullMarked;
