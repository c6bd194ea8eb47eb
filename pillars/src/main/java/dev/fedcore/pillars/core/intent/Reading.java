package dev.fedcore.pillars.core.intent;

import dev.fedcore.pillars.core.agent.ActionType;
import dev.fedcore.pillars.core.agent.Decision;
import dev.fedcore.pillars.core.agent.Fields;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Reads one kind of action out of an imperative.
interface Reading {

  /// What the order asks for; empty when it is not about this kind of action.
  ///
  /// @param order a sentence that may be an order, without politeness
  /// @param rest the sentences after it
  Optional<Decision> read(String order, String rest);

  /// The action with these fields, or a question for what is missing or wrong.
  static Decision decide(ActionType type, Map<String, String> texts) {
    var present = new HashMap<>(texts);
    present.values().removeIf(String::isBlank);
    var fields = new Fields(present);
    return fields
        .problem(type)
        .<Decision>map(problem -> new Decision.Ask(question(type, problem)))
        .orElseGet(() -> new Decision.Workflow(type, fields));
  }

  private static String question(ActionType type, String problem) {
    String what =
        switch (type) {
          case TASK -> "Say what the task is, such as: create a task to review code";
          case EMAIL ->
              "Say to which address and what, such as: email ops@example.org that the build is red";
          case WHATSAPP ->
              "Say to which number and what, such as: whatsapp +4915112345678 saying hello";
          case AI -> "Say what to ask, such as: ask the AI to summarize this text: ...";
        };
    return "%s: %s.".formatted(Words.capital(problem), what);
  }

  /// What an order and the sentences after it say, together.
  static String joined(String words, String rest) {
    return rest.isEmpty() ? words : words + " " + rest;
  }
}
