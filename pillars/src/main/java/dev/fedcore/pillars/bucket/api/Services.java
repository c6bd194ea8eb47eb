package dev.fedcore.pillars.bucket.api;

import dev.fedcore.pillars.bucket.governance.BucketLimits;
import dev.fedcore.pillars.bucket.store.BucketStore;
import java.time.InstantSource;

/// What the operations share.
record Services(
    BucketStore store,
    BucketLimits limits,
    InstantSource clock,
    Callers callers,
    Incidents incidents) {}
