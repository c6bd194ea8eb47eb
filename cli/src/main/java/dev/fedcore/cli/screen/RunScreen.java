package dev.fedcore.cli.screen;

import dev.fedcore.cli.client.JsonView;
import dev.fedcore.cli.terminal.Moments;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.cli.terminal.Table;
import dev.fedcore.cli.terminal.Terminal;
import java.util.List;

/// How runs look to people.
public final class RunScreen {

  /// As many audit lines as fit below the steps on one screen.
  private static final int AUDIT_LINES = 6;

  private final Terminal terminal;
  private final Surroundings surroundings;

  public RunScreen(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.terminal = surroundings.terminal();
  }

  /// A run in a few lines, and what to type next.
  public void brief(JsonView run) {
    head(run);
    if (run.texts("paused_for").contains("GATE")) {
      terminal.line("  next      fedcore gate list");
    } else if (!run.has("completed_at")) {
      terminal.line("  next      fedcore run show " + plain(run.text("run_id")));
    }
  }

  /// A run with its steps and the end of its audit trail.
  public void show(JsonView run) {
    head(run);
    terminal.line("");
    steps(run);
    receipts(run);
    audit(run);
  }

  public void list(List<JsonView> runs) {
    var table = new Table("RUN", "STATUS", "WORKFLOW", "STEP", "ACTOR", "CREATED");
    for (JsonView run : runs) {
      table.row(
          run.text("run_id"),
          run.text("status"),
          run.text("workflow_id"),
          run.text("current_step"),
          run.text("actor_id"),
          Moments.relative(run.text("created_at"), surroundings.clock().instant()));
    }
    table.print(terminal);
  }

  private void head(JsonView run) {
    String paused = run.joined("paused_for");
    terminal.line(
        "run %s  %s%s"
            .formatted(
                plain(run.text("run_id")),
                terminal.tinted(plain(run.text("status"))),
                paused.isEmpty() ? "" : " for " + plain(paused)));
    line("workflow", run.text("workflow_id") + " " + run.text("workflow_version"));
    line("actor", run.text("actor_id"));
    JsonView error = run.object("error_details");
    if (error.has("message") || error.has("reason")) {
      String why = error.has("message") ? error.text("message") : error.text("reason");
      line("error", why + at(error.text("step_id")) + code(error.text("code")));
    }
    if (run.has("workflow_hash")) {
      line("hash", run.text("workflow_hash"));
    }
  }

  private void steps(JsonView run) {
    var table = new Table("STEP", "TYPE", "STATUS", "TRY", "DECISION", "STARTED", "RULES");
    for (JsonView step : run.objects("steps")) {
      JsonView decision = step.object("decision");
      table.row(
          step.text("step_id"),
          step.text("step_type"),
          step.text("status"),
          step.text("attempt"),
          decision.has("decision")
              ? decision.text("decision") + " tier " + decision.text("tier")
              : "",
          step.text("started_at"),
          decision.joined("rules_triggered"));
    }
    table.print(terminal);
  }

  private void receipts(JsonView run) {
    List<JsonView> steps =
        run.objects("steps").stream().filter(step -> step.has("receipt_hash")).toList();
    if (steps.isEmpty()) {
      return;
    }
    terminal.line("");
    var table = new Table("STEP", "RECEIPT");
    steps.forEach(step -> table.row(step.text("step_id"), step.text("receipt_hash")));
    if (run.has("workflow_receipt_hash")) {
      table.row("(run)", run.text("workflow_receipt_hash"));
    }
    table.print(terminal);
  }

  private void audit(JsonView run) {
    List<JsonView> entries = run.objects("logs");
    if (entries.isEmpty()) {
      return;
    }
    terminal.line("");
    var table = new Table("SEQ", "EVENT", "ACTOR", "WHAT", "WHEN");
    for (JsonView entry :
        entries.subList(Math.max(0, entries.size() - AUDIT_LINES), entries.size())) {
      table.row(
          entry.text("seq"),
          entry.text("event_type"),
          entry.text("actor_id"),
          entry.text("message"),
          entry.text("timestamp"));
    }
    table.print(terminal);
  }

  private void line(String label, String text) {
    terminal.line("  %-9s %s".formatted(label, plain(text)));
  }

  private static String at(String step) {
    return step.isEmpty() ? "" : " at " + step;
  }

  private static String code(String code) {
    return code.isEmpty() ? "" : " (" + code + ")";
  }

  private static String plain(String text) {
    return Terminal.printable(text);
  }
}
