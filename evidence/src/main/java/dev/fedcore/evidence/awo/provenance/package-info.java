/// Where finalised runs are found: `provenance/index.json`, and what in a workspace it does not
/// know.
///
/// Read in this order: [ProvenanceEntry], [ProvenanceIndex], [RunDiscovery].
@NullMarked
package dev.fedcore.evidence.awo.provenance;

import org.jspecify.annotations.NullMarked;
