/// A pillar behind a real listener, and a client that checks every answer against the pillar's
/// document. For tests only.
@NullMarked
package dev.fedcore.pillars.served;

import org.jspecify.annotations.NullMarked;
