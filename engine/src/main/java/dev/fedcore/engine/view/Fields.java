package dev.fedcore.engine.view;

import dev.fedcore.evidence.json.CanonicalWriter;
import java.util.Collection;
import java.util.Optional;

/// Members that several views write alike.
final class Fields {

  private Fields() {}

  static void optional(CanonicalWriter json, String name, Optional<String> text) {
    json.name(name);
    if (text.isPresent()) {
      json.string(text.get());
    } else {
      json.nul();
    }
  }

  static void strings(CanonicalWriter json, String name, Collection<String> texts) {
    json.name(name).beginArray();
    texts.forEach(json::string);
    json.endArray();
  }
}
