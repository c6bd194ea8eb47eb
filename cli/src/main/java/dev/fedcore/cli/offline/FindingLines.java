package dev.fedcore.cli.offline;

import dev.fedcore.cli.terminal.Terminal;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.verify.Finding;
import java.util.List;

/// Findings as verbs show them, to people and to programs.
public record FindingLines(List<Finding> findings) {

  public FindingLines {
    findings = List.copyOf(findings);
  }

  /// One line each.
  public void show(Terminal terminal) {
    for (Finding finding : findings) {
      terminal.line(
          "%s  %s: %s"
              .formatted(
                  finding.code(),
                  Terminal.printable(finding.where()),
                  Terminal.printable(finding.what())));
    }
  }

  /// One object each, of `code`, `where` and `what`.
  public JsonArray json() {
    return new JsonArray(
        findings.stream()
            .<JsonValue>map(finding ->
                JsonObject.builder()
                    .put("code", finding.code())
                    .put("where", finding.where())
                    .put("what", finding.what())
                    .build())
            .toList());
  }
}
