/// The life of one workflow run: what may be asked of it, what has happened to it, and the rules
/// that turn the one into the other.
///
/// Everything here is a pure function or an immutable value. Nothing reads a clock, draws a random
/// number, logs, or throws for an expected refusal; a caller passes time, identity and policy's
/// answer in.
///
/// Read in this order: [RunCommand], [RunEvent], [RunState], [RunDecider], then [StepRules] and
/// [GateRules], which it calls, and [Evolution].
///
/// Depends on the other packages of the kernel. Nothing outside the JDK.
@NullMarked
package dev.fedcore.kernel.run;

import org.jspecify.annotations.NullMarked;
