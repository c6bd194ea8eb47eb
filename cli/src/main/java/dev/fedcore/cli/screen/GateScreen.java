package dev.fedcore.cli.screen;

import dev.fedcore.cli.client.JsonView;
import dev.fedcore.cli.terminal.Moments;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.cli.terminal.Table;
import dev.fedcore.cli.terminal.Terminal;
import dev.fedcore.evidence.json.JsonValue;
import java.util.List;
import java.util.Map;

/// How gates look to somebody who has twenty seconds.
public final class GateScreen {

  private final Terminal terminal;
  private final Surroundings surroundings;

  public GateScreen(Surroundings surroundings) {
    this.surroundings = surroundings;
    this.terminal = surroundings.terminal();
  }

  public void list(List<JsonView> gates) {
    if (gates.isEmpty()) {
      terminal.line("No gates.");
      return;
    }
    var table = new Table("GATE", "STATUS", "TIER", "ASKED BY", "EXPIRES", "NAME");
    for (JsonView gate : gates) {
      table.row(
          gate.text("gate_id"),
          gate.text("status"),
          gate.text("tier"),
          gate.text("requested_by"),
          relative(gate.text("expires_at")),
          gate.text("gate_name"));
    }
    table.print(terminal);
  }

  /// Everything an approver needs, and what to type next.
  public void show(JsonView gate, JsonView subject) {
    subject(gate, subject);
    why(gate, subject.object("decision"));
    who(gate, subject);
    next(gate);
  }

  /// What will happen, complete.
  public void subject(JsonView gate, JsonView subject) {
    terminal.line(
        "gate %s  %s"
            .formatted(plain(gate.text("gate_id")), terminal.tinted(plain(gate.text("status")))));
    terminal.line("");
    terminal.line("What will happen");
    if (subject.has("type")) {
      line("action", subject.text("type"));
      members(subject.object("parameters"));
    } else {
      line("", "no action is known for this gate; it is about the run's input:");
      members(subject.object("input_payload"));
    }
    if (!gate.text("description").isEmpty()) {
      line("note", gate.text("description"));
    }
    if (gate.has("action_hash")) {
      line("digest", gate.text("action_hash"));
    }
    terminal.line("");
  }

  /// What became of it.
  public void outcome(JsonView gate) {
    terminal.line(
        "gate %s is %s"
            .formatted(plain(gate.text("gate_id")), terminal.tinted(plain(gate.text("status")))));
    if (gate.text("status").equals("PENDING")) {
      line("votes", gate.texts("approved_by").size() + " of " + gate.text("quorum"));
    }
    line("next", "fedcore run show " + gate.text("run_id"));
  }

  private void why(JsonView gate, JsonView decision) {
    terminal.line("Why it stopped");
    line("tier", gate.text("tier"));
    line("reason", decision.has("reason") ? decision.text("reason") : gate.text("gate_name"));
    if (decision.has("policy_id")) {
      line("policy", decision.text("policy_id") + " " + decision.text("policy_version"));
      line("rules", decision.joined("rules_triggered"));
    }
    terminal.line("");
  }

  private void who(JsonView gate, JsonView subject) {
    terminal.line("Who");
    line("asked by", gate.text("requested_by"));
    line("workflow", subject.text("workflow_id"));
    line("run", gate.text("run_id"));
    line("may", mayApprove(gate));
    line("approved", gate.texts("approved_by").size() + " of " + gate.text("quorum"));
    String expires = gate.text("expires_at");
    line("until", "%s (%s); then it counts as rejected".formatted(expires, relative(expires)));
    terminal.line("");
  }

  private void next(JsonView gate) {
    if (!gate.text("status").equals("PENDING")) {
      line("closed", gate.text("resolved_at") + " " + gate.text("rejection_reason"));
      return;
    }
    String id = plain(gate.text("gate_id"));
    String comment = gate.isTrue("comment_required") ? " --comment TEXT" : "";
    terminal.line("Type next");
    terminal.line("  fedcore gate approve %s%s".formatted(id, comment));
    terminal.line("  fedcore gate reject %s --reason TEXT".formatted(id));
  }

  private static String mayApprove(JsonView gate) {
    String people = gate.joined("required_approvers");
    String roles = gate.joined("required_roles");
    String who = people.isEmpty() ? roles : people;
    String self =
        gate.text("self_approval").equals("override")
            ? "the requester only with --override"
            : "never the requester";
    return (who.isEmpty() ? "any approver" : who) + "; " + self;
  }

  private void members(JsonView object) {
    for (Map.Entry<String, JsonValue> member : object.object().members().entrySet()) {
      line("  " + plain(member.getKey()), JsonView.text(member.getValue()));
    }
  }

  private void line(String label, String text) {
    terminal.line("  %-14s %s".formatted(label, plain(text)).stripTrailing());
  }

  private String relative(String timestamp) {
    return Moments.relative(timestamp, surroundings.clock().instant());
  }

  private static String plain(String text) {
    return Terminal.printable(text);
  }
}
