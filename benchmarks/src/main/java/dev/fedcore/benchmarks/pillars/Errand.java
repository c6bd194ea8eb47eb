package dev.fedcore.benchmarks.pillars;

import java.nio.charset.StandardCharsets;

/// One thing that a client wants of the executor, under a trace id of its own.
///
/// @param title of the task that it makes once it is executed; empty if it makes none
/// @param text the request, character for character
record Errand(String traceId, String user, Outcome outcome, String title, String text) {

  /// Users that errands are spread over, so that Karma has more than one to keep apart.
  private static final int USERS = 5;

  private static final int EVERY_DENIED = 17;
  private static final int EVERY_FLAGGED = 13;

  /// On whose behalf all errands of a measurement are.
  static final String USER = "user-0";

  /// What policy makes of it.
  enum Outcome {
    ALLOWED,
    FLAGGED,
    DENIED
  }

  /// The errand of that number: most are allowed, some need a person, some are denied.
  static Errand numbered(String prefix, int number) {
    String traceId = prefix + "-" + number;
    String user = user(number);
    Outcome outcome =
        number % EVERY_DENIED == EVERY_DENIED - 1
            ? Outcome.DENIED
            : number % EVERY_FLAGGED == EVERY_FLAGGED - 1 ? Outcome.FLAGGED : Outcome.ALLOWED;
    String more =
        switch (outcome) {
          case ALLOWED -> "\"list\":\"ops\"";
          case FLAGGED -> "\"amount_minor\":200000";
          case DENIED -> "\"list\":\"payroll\"";
        };
    return new Errand(traceId, user, outcome, traceId, text(traceId, user, traceId, more));
  }

  /// One that is executed at once.
  static Errand allowed(String traceId) {
    return new Errand(
        traceId, USER, Outcome.ALLOWED, traceId, text(traceId, USER, traceId, "\"list\":\"ops\""));
  }

  /// Whether its execution leaves a task.
  boolean makesTask() {
    return !title.isEmpty();
  }

  private static String user(int number) {
    return "user-" + number % USERS;
  }

  /// The request's bytes.
  byte[] body() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// The same trace id for something else.
  byte[] changed() {
    return text(traceId, user, "not " + title, "\"list\":\"ops\"").getBytes(StandardCharsets.UTF_8);
  }

  private static String text(String traceId, String user, String title, String more) {
    return """
    {"trace_id":"%s","decision":"workflow","data":{"workflow_type":"workflow","payload":\
    {"action_type":"task","user_id":"%s","title":"%s",%s}}}\
    """
        .formatted(traceId, user, title, more);
  }
}
