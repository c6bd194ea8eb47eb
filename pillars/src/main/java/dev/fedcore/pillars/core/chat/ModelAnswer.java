package dev.fedcore.pillars.core.chat;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.pillars.core.agent.ActionType;
import dev.fedcore.pillars.core.agent.Decision;
import dev.fedcore.pillars.core.agent.Fields;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;

/// Reads what a model said as a decision, strictly.
final class ModelAnswer {

  /// The longest question or reason that is passed on, in characters.
  private static final int WORDS_LENGTH_MAX = 500;

  private ModelAnswer() {}

  /// The decision.
  ///
  /// @param text the user's words
  /// @throws MalformedInput if it has another form or members beyond it, if its fields are not
  ///   those of an action, or if they name a recipient that the user did not
  static Decision read(JsonObject json, String text) {
    var answer = JsonFields.of(json, "");
    Decision read =
        switch (answer.string("decision")) {
          case "workflow" -> workflow(answer, text);
          case "no_workflow" -> new Decision.NoWorkflow(answer.string("reason", WORDS_LENGTH_MAX));
          case "ask" -> new Decision.Ask(answer.string("question", WORDS_LENGTH_MAX));
          default -> throw new MalformedInput("/decision", "must be workflow, no_workflow or ask");
        };
    answer.end();
    return read;
  }

  private static Decision workflow(JsonFields answer, String text) {
    ActionType type =
        ActionType.named(answer.string("action_type"))
            .orElseThrow(
                () -> new MalformedInput("/action_type", "must be task, email, whatsapp or ai"));
    var texts = new HashMap<String, String>();
    var members = JsonFields.of(answer.object("fields"), "/fields");
    for (String name : type.fields()) {
      members.optionalString(name).ifPresent(value -> texts.put(name, value));
    }
    members.end();
    var fields = new Fields(texts);
    Optional<String> problem = fields.problem(type);
    if (problem.isPresent()) {
      throw new MalformedInput("/fields", problem.get());
    }
    if (!isGrounded(type, fields, text)) {
      throw new MalformedInput("/fields/recipient", "must stand in the user's text");
    }
    return new Decision.Workflow(type, fields);
  }

  /// Whether the user named the recipient: a model must not make one up.
  private static boolean isGrounded(ActionType type, Fields fields, String text) {
    String recipient = fields.text("recipient");
    return switch (type) {
      case EMAIL -> text.toLowerCase(Locale.ROOT).contains(recipient.toLowerCase(Locale.ROOT));
      case WHATSAPP -> text.replaceAll("[^0-9]", "").contains(recipient.substring(1));
      case TASK, AI -> true;
    };
  }
}
