/// Archives in the USTAR format: one sequence of bytes for one set of files, the same that GNU tar
/// makes, and a reader that takes nothing else.
///
/// Read in this order: [TarWriter], [TarReader], [Extraction].
@NullMarked
package dev.fedcore.evidence.tar;

import org.jspecify.annotations.NullMarked;
