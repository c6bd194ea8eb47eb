/// Federation Core runs as AWO runs: their entries and receipts, framed by the documents that AWO's
/// invariants ask for. Needs no file system, and no more than the evidence.
///
/// Read [RunExport].
@NullMarked
package dev.fedcore.evidence.awo.export;

import org.jspecify.annotations.NullMarked;
