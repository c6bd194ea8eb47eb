/// Takes away what is known of one person, and leaves every hash as it is.
///
/// Read in this order: [Eraser], [Mentions], [ErasedViews].
///
/// Depends on the engine's journal, the disclosure package and the ledger's port.
@NullMarked
package dev.fedcore.engine.erasure;

import org.jspecify.annotations.NullMarked;
