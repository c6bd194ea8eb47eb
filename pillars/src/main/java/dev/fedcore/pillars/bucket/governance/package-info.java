/// Who may do what in Bucket, and what an integration must be to be let in: the constitution's ten
/// rules as pure functions over names and documents.
///
/// Nothing here keeps anything, reads a clock or knows HTTP. Read in this order: [ActorType],
/// [Operation], [ArtifactClass], [IntegrationGate].
@NullMarked
package dev.fedcore.pillars.bucket.governance;

import org.jspecify.annotations.NullMarked;
