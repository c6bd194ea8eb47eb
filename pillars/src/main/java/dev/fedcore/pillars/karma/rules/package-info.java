/// What Karma makes of what it is told: roles, tokens, rewards, penalties, debts, atonement, and
/// the table that Q-learning updates.
///
/// Everything here is a pure function or an immutable value: no clock, no storage, no HTTP. The
/// same observations in the same order give the same state, bit for bit.
///
/// Read in this order: [Observation], [Member], [QTable], [Rules], [Change].
@NullMarked
package dev.fedcore.pillars.karma.rules;

import org.jspecify.annotations.NullMarked;
