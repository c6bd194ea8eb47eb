/// What an agent is: it reads what a user says and decides whether a workflow is needed. It never
/// acts.
///
/// Read in this order: [Agent], [Decision], [ActionType], [Fields].
@NullMarked
package dev.fedcore.pillars.core.agent;

import org.jspecify.annotations.NullMarked;
