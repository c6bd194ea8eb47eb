/// Workflow definitions as their authors write them: read, checked, content-addressed, and the
/// references by which a step's parameters are taken from the run's input and earlier outputs.
///
/// Nothing here runs anything. Read in this order: [WorkflowDefinition], [DefinitionReader],
/// [References].
///
/// Depends on the kernel and on the evidence module's JSON.
@NullMarked
package dev.fedcore.engine.definition;

import org.jspecify.annotations.NullMarked;
