package dev.fedcore.evidence.json;

/// JSON's `null`: present, and nothing.
public enum JsonNull implements JsonValue {
  NULL
}
