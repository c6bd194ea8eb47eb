/// Karma: what users' and workflows' behaviour comes to. It is told events and keeps them; balances
/// and the Q-table follow from them and can be worked out again at any time.
///
/// It only observes: it calls nobody, and nothing asks it before acting.
///
/// People stand in its records as pseudonyms and commitments, so that a person can be erased and
/// every hash stays.
///
/// Read in this order: [Karma], [EventRoutes], [EventRecord], [KarmaStore], [Erasing]; the rules
/// are in the package `rules`, names and words in `people`.
@NullMarked
package dev.fedcore.pillars.karma;

import org.jspecify.annotations.NullMarked;
