/// What the parameters of several actions have in common: texts that must be there, second names,
/// and what is never taken over from the outside as it comes.
///
/// Depends on the evidence module's JSON.
@NullMarked
package dev.fedcore.adapters.form;

import org.jspecify.annotations.NullMarked;
