/// Karma: what users' and workflows' behaviour comes to. It is told events and keeps them; balances
/// and the Q-table follow from them and can be worked out again at any time.
///
/// It only observes: it calls nobody, and nothing asks it before acting.
///
/// Read in this order: [Karma], [EventRoutes], [EventRecord], [KarmaStore]; the rules are in the
/// package `rules`.
@NullMarked
package dev.fedcore.pillars.karma;

import org.jspecify.annotations.NullMarked;
