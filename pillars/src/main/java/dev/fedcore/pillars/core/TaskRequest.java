package dev.fedcore.pillars.core;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.pillars.core.intent.IntentEngine;
import dev.fedcore.pillars.core.upload.Attachment;
import java.util.Optional;

/// What a user asks Core, read strictly.
///
/// @param agent the one that is asked first, by its public name
/// @param userId for whom
/// @param file what came with the words
record TaskRequest(String agent, String input, String userId, Optional<Attachment> file) {

  /// The agent that is used when none is named: the language model if there is one, and the
  /// built-in agent after it. The name is the one that clients know.
  static final String DEFAULT_AGENT = "edumentor_agent";

  /// The built-in agent alone.
  static final String BUILT_IN_AGENT = "intent_agent";

  /// Whose the actions are of which nobody says whose they are.
  private static final String NOBODY = "system";

  private static final int NAME_LENGTH_MAX = 100;
  private static final int USER_ID_LENGTH_MAX = 50;
  private static final int TAGS_MAX = 16;
  private static final int RETRIES_MAX = 10;

  static TaskRequest read(JsonFields fields, Principal principal) {
    String agent = fields.has("agent") ? fields.string("agent", NAME_LENGTH_MAX) : DEFAULT_AGENT;
    if (!agent.equals(DEFAULT_AGENT) && !agent.equals(BUILT_IN_AGENT)) {
      throw new ProblemFound(
          Problem.at(
              CoreProblem.UNKNOWN_CORE_AGENT,
              fields.pointer("agent"),
              "must be %s or %s; is \"%s\"".formatted(DEFAULT_AGENT, BUILT_IN_AGENT, agent)));
    }
    String input = fields.string("input", IntentEngine.TEXT_LENGTH_MAX);
    if (input.isBlank()) {
      throw new MalformedInput(fields.pointer("input"), "must say something");
    }
    requireText(fields);
    String userId = userId(fields, principal);
    fields.end();
    return new TaskRequest(agent, input, userId, Optional.empty());
  }

  /// The same request with a file.
  TaskRequest with(Attachment attached) {
    return new TaskRequest(agent, input, userId, Optional.of(attached));
  }

  /// Core reads text only. How often to try again and which model to fall back to are allowed, as
  /// clients send them, and mean nothing: the built-in agent is the one fallback.
  private static void requireText(JsonFields fields) {
    String type = fields.optionalString("input_type").orElse("text");
    if (!type.equals("text")) {
      throw new MalformedInput(
          fields.pointer("input_type"), "must be text; Core reads nothing else");
    }
    if (!fields.optionalString("pdf_path").orElse("").isEmpty()) {
      throw new MalformedInput(
          fields.pointer("pdf_path"),
          "must be left out; send a text as a file to /handle_task_with_file");
    }
    fields.optionalInteger("retries", 0, RETRIES_MAX);
    fields.optionalString("fallback_model");
    if (fields.strings("tags").size() > TAGS_MAX) {
      throw new MalformedInput(fields.pointer("tags"), "has more than %d tags".formatted(TAGS_MAX));
    }
  }

  private static String userId(JsonFields fields, Principal principal) {
    Optional<String> stated =
        fields.has("user_id")
            ? Optional.of(fields.string("user_id", USER_ID_LENGTH_MAX))
            : Optional.empty();
    if (stated.filter(String::isBlank).isPresent()) {
      throw new MalformedInput(fields.pointer("user_id"), "must name the user or be left out");
    }
    if (principal.isAnonymous()) {
      return stated.orElse(NOBODY);
    }
    if (stated.isPresent() && !stated.get().equals(principal.actor())) {
      throw new ProblemFound(
          Problem.at(
              CoreProblem.USER_MISMATCH,
              fields.pointer("user_id"),
              "is %s, but %s sends it; leave it out".formatted(stated.get(), principal.actor())));
    }
    return principal.actor();
  }
}
