/// One writer for many callers: what waits is committed together.
///
/// Nothing here knows what is written, or where. It never waits to fill a batch, never tries a
/// batch again, and keeps nothing after a caller has its answer. Read [GroupCommit] first.
///
/// Depends on the JDK only.
@NullMarked
package dev.fedcore.engine.batch;

import org.jspecify.annotations.NullMarked;
