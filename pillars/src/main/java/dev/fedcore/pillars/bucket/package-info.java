/// Bucket, the append-only event store: who did what, told by those who did it, chained by hash and
/// never changed; and the constitution that decides who may tell and who may read.
///
/// Bucket never calls anybody. It knows no other pillar; they talk to it by HTTP. Read in this
/// order: [Bucket], then the packages `event`, `store`, `governance`, `threat`, `constitution`, and
/// last `api`, where they meet.
@NullMarked
package dev.fedcore.pillars.bucket;

import org.jspecify.annotations.NullMarked;
