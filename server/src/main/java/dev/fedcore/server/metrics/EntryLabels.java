package dev.fedcore.server.metrics;

import dev.fedcore.server.api.Entries;

/// What a meter wants to know of an entry, read from its canonical bytes without parsing them.
record EntryLabels(String eventType, String decision, String newStatus) {

  EntryLabels(byte[] canonical) {
    this(
        Entries.eventType(canonical),
        Entries.decision(canonical),
        Entries.text(canonical, "new_status"));
  }
}
