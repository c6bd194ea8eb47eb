package dev.fedcore.cli.awo;

import dev.fedcore.cli.terminal.Terminal;
import dev.fedcore.evidence.awo.AwoCode;
import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import java.util.List;
import java.util.stream.Collectors;

/// How findings with AWO codes are shown: one a line, or one document; and their codes on standard
/// error, whatever a script does with the output.
record FindingScreen(Terminal terminal, boolean json) {

  /// @param facts what the document holds beside `verified` and `findings`
  /// @param summary the same in words
  void show(JsonObject.Builder facts, String summary, List<Finding> findings) {
    if (!findings.isEmpty()) {
      terminal.complain(codes(findings));
    }
    if (json) {
      List<JsonValue> items = findings.stream().<JsonValue>map(Finding::json).toList();
      facts.put("verified", findings.isEmpty()).put("findings", new JsonArray(items));
      terminal.json(facts.build());
      return;
    }
    findings.forEach(finding -> terminal.line(Terminal.printable(finding.toString())));
    String word = terminal.tinted(findings.isEmpty() ? "verified" : "FAILED");
    terminal.line("%s: %s, %d findings".formatted(word, summary, findings.size()));
  }

  private static String codes(List<Finding> findings) {
    return findings.stream()
        .map(Finding::code)
        .distinct()
        .sorted()
        .map(AwoCode::text)
        .collect(Collectors.joining(", "));
  }
}
