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

  /// The decision; empty when its fields are not those of an action, or name a recipient that the
  /// user did not.
  ///
  /// @param text the user's words
  /// @throws MalformedInput if it has another form, or members beyond it
  static Optional<Decision> read(JsonObject json, String text) {
    var answer = JsonFields.of(json, "");
    String decision = answer.string("decision");
    Optional<Decision> read =
        switch (decision) {
          case "workflow" -> workflow(answer, text);
          case "no_workflow" ->
              Optional.of(new Decision.NoWorkflow(answer.string("reason", WORDS_LENGTH_MAX)));
          case "ask" -> Optional.of(new Decision.Ask(answer.string("question", WORDS_LENGTH_MAX)));
          default -> Optional.empty();
        };
    answer.end();
    return read;
  }

  private static Optional<Decision> workflow(JsonFields answer, String text) {
    Optional<ActionType> type = ActionType.named(answer.string("action_type"));
    JsonObject object = answer.object("fields");
    if (type.isEmpty()) {
      return Optional.empty();
    }
    var texts = new HashMap<String, String>();
    var members = JsonFields.of(object, "/fields");
    for (String name : type.get().fields()) {
      members.optionalString(name).ifPresent(value -> texts.put(name, value));
    }
    members.end();
    var fields = new Fields(texts);
    boolean sound = fields.problem(type.get()).isEmpty() && isGrounded(type.get(), fields, text);
    return sound ? Optional.of(new Decision.Workflow(type.get(), fields)) : Optional.empty();
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
