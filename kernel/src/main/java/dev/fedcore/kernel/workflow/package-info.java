/// What a run intends to do: the ordered steps of its workflow definition, each of a type.
///
/// Parameters of steps are not here, since no rule of the kernel looks at them. Read [Plan] first.
///
/// Depends on [dev.fedcore.kernel.identity] only.
@NullMarked
package dev.fedcore.kernel.workflow;

import org.jspecify.annotations.NullMarked;
