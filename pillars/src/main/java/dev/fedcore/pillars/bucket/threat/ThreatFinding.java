package dev.fedcore.pillars.bucket.threat;

import dev.fedcore.evidence.json.JsonObject;

/// A threat that was recognised.
///
/// @param description what was seen, for people
public record ThreatFinding(Pattern pattern, String description) {

  public Threat threat() {
    return pattern.threat();
  }

  /// Whether somebody must be told before anything goes on.
  public boolean mustEscalate() {
    return threat().level() != Threat.Level.MEDIUM;
  }

  /// The finding as readers see it.
  public JsonObject json() {
    Threat threat = threat();
    return JsonObject.builder()
        .put("threat_id", threat.name())
        .put("number", threat.number())
        .put("document_number", threat.documentNumber())
        .put("name", pattern.text())
        .put("level", threat.level().name())
        .put("pattern_matched", pattern.text())
        .put("description", description)
        .put("escalation", threat.escalation())
        .put("action", threat.action())
        .build();
  }
}
