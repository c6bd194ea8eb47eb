package dev.fedcore.cli.client;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Terminal;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;

/// A problem document (RFC 9457) in one line: `title: detail (code)`, and what helps.
final class Refused {

  private static final int UNAUTHORIZED = 401;
  private static final int FORBIDDEN = 403;
  private static final int UNAVAILABLE = 503;

  private Refused() {}

  static Failure failure(Answer answer) {
    return new Failure(exitCode(answer.status()), Terminal.printable(sentence(answer)));
  }

  private static ExitCode exitCode(int status) {
    return switch (status) {
      case UNAUTHORIZED, FORBIDDEN -> ExitCode.NOT_PERMITTED;
      case UNAVAILABLE -> ExitCode.UNAVAILABLE;
      default -> ExitCode.FAILED;
    };
  }

  private static String sentence(Answer answer) {
    var problem = new JsonView(problem(answer.bytes()));
    if (!problem.has("title")) {
      return answer.request() + " was answered with status " + answer.status();
    }
    var line = new StringBuilder(problem.text("title"));
    append(line, ": ", problem.text("detail"), "");
    append(line, " (", problem.text("code"), ")");
    for (JsonView error : problem.objects("errors")) {
      line.append("; ").append(place(error)).append(error.text("detail"));
    }
    append(line, "; allowed now: ", problem.joined("allowed"), "");
    append(line, "; waits for gate ", problem.text("gate_id"), "");
    append(line, "; ", remedy(answer.status()), "");
    return line.toString();
  }

  private static String place(JsonView error) {
    String pointer = error.text("pointer");
    return pointer.isEmpty() ? "" : pointer + " ";
  }

  private static void append(StringBuilder line, String before, String text, String after) {
    if (!text.isEmpty()) {
      line.append(before).append(text).append(after);
    }
  }

  private static String remedy(int status) {
    return switch (status) {
      case UNAUTHORIZED -> "give --token, or set FEDCORE_TOKEN";
      case UNAVAILABLE -> "try again in a moment";
      default -> "";
    };
  }

  private static JsonObject problem(byte[] body) {
    try {
      return JsonReader.readObject(body, JsonLimits.DEFAULT);
    } catch (MalformedInput _) {
      return JsonObject.EMPTY;
    }
  }
}
