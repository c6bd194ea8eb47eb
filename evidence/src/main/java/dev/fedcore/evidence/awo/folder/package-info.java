/// The files of one AWO run as bytes by path, before they are on a disk and after; and what makes
/// them the same on every machine: canonical JSON, and clock times kept apart.
///
/// Nothing here judges a run. Read in this order: [Workspace], [RunFiles], [ClockTimes].
@NullMarked
package dev.fedcore.evidence.awo.folder;

import org.jspecify.annotations.NullMarked;
