/// Bucket over HTTP: its operations as routes, who may use them, and what is refused.
///
/// Every refusal that touches the constitution is an audit entry, bounded by rate. Nothing here
/// decides a rule: the packages beside it do. Read in this order: [Callers], [EventRoutes],
/// [EventReads], [Incidents].
@NullMarked
package dev.fedcore.pillars.bucket.api;

import org.jspecify.annotations.NullMarked;
