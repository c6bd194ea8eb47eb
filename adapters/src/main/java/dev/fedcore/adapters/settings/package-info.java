/// How an adapter is told what to act with: variables of the environment, read once at the start.
///
/// What is missing altogether leaves an adapter unconfigured; what is there by half, or makes no
/// sense, is refused by name. Secrets are of a type that does not print itself. Begin with
/// [dev.fedcore.adapters.settings.Variables].
///
/// Depends on nothing.
@NullMarked
package dev.fedcore.adapters.settings;

import org.jspecify.annotations.NullMarked;
