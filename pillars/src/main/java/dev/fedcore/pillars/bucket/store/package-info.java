/// Where events and audit entries are durably kept: two hash chains in one SQLite file, to which
/// can only be added.
///
/// Nothing here knows who may do what. Read in this order: [Chain], [Draft], [ChainWriter],
/// [BucketStore].
@NullMarked
package dev.fedcore.pillars.bucket.store;

import org.jspecify.annotations.NullMarked;
