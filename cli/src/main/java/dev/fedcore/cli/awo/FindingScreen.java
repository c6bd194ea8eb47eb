package dev.fedcore.cli.awo;

import dev.fedcore.cli.terminal.Terminal;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import java.util.List;

/// How findings with AWO codes are shown: one a line, or one document; and on standard error, so
/// that a script sees the codes whatever it does with the output.
record FindingScreen(Terminal terminal, boolean json) {

  /// @param facts what the document holds beside `verified` and `findings`
  /// @param summary the same in words
  void show(JsonObject.Builder facts, String summary, List<Finding> findings) {
    findings.forEach(finding -> terminal.complain(Terminal.printable(finding.toString())));
    if (json) {
      List<JsonValue> items = findings.stream().<JsonValue>map(Finding::json).toList();
      facts.put("verified", findings.isEmpty()).put("findings", new JsonArray(items));
      terminal.json(facts.build());
      return;
    }
    String word = terminal.tinted(findings.isEmpty() ? "verified" : "FAILED");
    terminal.line("%s: %s, %d findings".formatted(word, summary, findings.size()));
  }
}
