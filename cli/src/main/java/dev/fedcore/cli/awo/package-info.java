/// The verbs below `fedcore awo`: make runs, judge them, publish them, and show that all of it is
/// needed. What they do is in the module `evidence`; here it is asked for and shown.
///
/// Read [AwoVerbs], then the verb in question.
@NullMarked
package dev.fedcore.cli.awo;

import org.jspecify.annotations.NullMarked;
