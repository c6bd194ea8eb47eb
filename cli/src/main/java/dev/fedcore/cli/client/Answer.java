package dev.fedcore.cli.client;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import java.nio.charset.StandardCharsets;

/// What the server answered: a status and the bytes of the body, as they came.
public final class Answer {

  /// A page of 200 runs with large payloads fits: 64 MiB, 1,000,000 members.
  public static final JsonLimits LIMITS = new JsonLimits(64 << 20, 64, 1_000_000);

  private static final int SUCCESSES = 200;
  private static final int REDIRECTS = 300;

  private final String request;
  private final int status;
  private final byte[] body;

  /// @param request method and path, for messages
  public Answer(String request, int status, byte[] body) {
    this.request = request;
    this.status = status;
    this.body = body.clone();
  }

  public int status() {
    return status;
  }

  /// Method and path that were asked.
  public String request() {
    return request;
  }

  public byte[] bytes() {
    return body.clone();
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  /// Whether the status is 2xx.
  public boolean succeeded() {
    return status >= SUCCESSES && status < REDIRECTS;
  }

  /// The body as a JSON object.
  ///
  /// @throws Failure when it is none
  public JsonObject object() {
    try {
      return JsonReader.readObject(body, LIMITS);
    } catch (MalformedInput e) {
      throw new Failure(
          ExitCode.UNAVAILABLE,
          "%s answered %d without JSON that can be read (%s); is this a Federation Core?"
              .formatted(request, status, e.problem()));
    }
  }

  /// The body as a JSON object, for showing.
  public JsonView json() {
    return new JsonView(object());
  }

  /// This answer, if it is a success.
  ///
  /// @throws Failure that says the problem in one line, when it is none
  public Answer orFail() {
    if (!succeeded()) {
      throw Refused.failure(this);
    }
    return this;
  }
}
