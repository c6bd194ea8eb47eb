/// The ten threats that Bucket is built against, and how each is recognised.
///
/// Pure functions over what was asked; what a finding leads to is decided by who asks for it. Read
/// in this order: [Threat], [ThreatFinding], [ThreatChecks], [Poisoning].
@NullMarked
package dev.fedcore.pillars.bucket.threat;

import org.jspecify.annotations.NullMarked;
