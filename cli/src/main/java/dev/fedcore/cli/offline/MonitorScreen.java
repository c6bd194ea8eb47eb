package dev.fedcore.cli.offline;

import dev.fedcore.cli.offline.LogMonitor.Head;
import dev.fedcore.cli.offline.LogMonitor.Seen;
import dev.fedcore.cli.terminal.Terminal;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.note.Checkpoint;
import java.util.List;

/// What `fedcore log monitor` shows.
public record MonitorScreen(Terminal terminal, boolean json) {

  /// Shows what was seen, in lines or as one document.
  public void show(Seen seen) {
    if (json) {
      terminal.json(document(seen));
      return;
    }
    new FindingLines(seen.findings()).show(terminal);
    terminal.line(
        "%s: %s, %d findings"
            .formatted(
                terminal.tinted(seen.isSound() ? "verified" : "FAILED"),
                seen.head().map(MonitorScreen::line).orElse("no checkpoint that can be believed"),
                seen.findings().size()));
    for (Head head : seen.heads()) {
      terminal.line("  witness %s saw %s".formatted(head.witness(), line(head.checkpoint())));
    }
  }

  private static String line(Checkpoint checkpoint) {
    return "%,d entries, root %s"
        .formatted(checkpoint.size(), Sha256.hexOf(checkpoint.root()).substring(0, 16));
  }

  private static JsonObject document(Seen seen) {
    List<JsonValue> heads =
        seen.heads().stream()
            .<JsonValue>map(head -> head(head.checkpoint()).put("witness", head.witness()).build())
            .toList();
    return JsonObject.builder()
        .put("verified", seen.isSound())
        .put("head", seen.head().<JsonValue>map(found -> head(found).build()).orElse(JsonNull.NULL))
        .put("witnesses", new JsonArray(heads))
        .put("findings", new FindingLines(seen.findings()).json())
        .build();
  }

  private static JsonObject.Builder head(Checkpoint checkpoint) {
    return JsonObject.builder()
        .put("origin", checkpoint.origin())
        .put("size", checkpoint.size())
        .put("root", Sha256.hexOf(checkpoint.root()));
  }
}
