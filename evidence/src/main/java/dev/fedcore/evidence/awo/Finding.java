package dev.fedcore.evidence.awo;

import dev.fedcore.evidence.json.JsonObject;

/// One way in which a run or its evidence is not what it should be.
///
/// @param path which file or folder, relative to what was looked at; "" for the whole
/// @param detail one sentence: what is wrong, and what to do where that is not plain
public record Finding(AwoCode code, String path, String detail) {

  /// As reports carry it.
  public JsonObject json() {
    return JsonObject.builder()
        .put("code", code.text())
        .put("path", path)
        .put("detail", detail)
        .build();
  }

  @Override
  public String toString() {
    return "%s %s: %s".formatted(code, path.isEmpty() ? "." : path, detail);
  }
}
