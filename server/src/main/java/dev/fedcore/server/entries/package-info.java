/// Entries as they are read: looked into, and shown in pages that a server can hold.
///
/// Knows nothing of HTTP. Read [Entries], then [EntryPages].
@NullMarked
package dev.fedcore.server.entries;

import org.jspecify.annotations.NullMarked;
