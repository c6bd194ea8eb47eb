package dev.fedcore.pillars.core.agent;

import java.util.Optional;

/// Decides what a user's words ask for. Safe for use by many threads.
public interface Agent {

  /// Its name, as answers and records state it.
  String name();

  /// What `text` asks for; empty when this agent cannot say, and another one must.
  Optional<Decision> consider(String text);
}
