package dev.fedcore.pillars.bucket.api;

import dev.fedcore.pillars.bucket.event.EventReader.Sender;
import dev.fedcore.pillars.bucket.governance.ActorType;

/// Who asks.
///
/// @param proved whether the name comes from authentication; otherwise it was only stated, by a
///   process of this machine
record Caller(String name, String tenant, ActorType type, boolean proved) {

  Sender sender() {
    return new Sender(name, tenant, type, proved);
  }
}
