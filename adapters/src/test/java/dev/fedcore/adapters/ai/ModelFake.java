package dev.fedcore.adapters.ai;

import dev.fedcore.adapters.HttpFake;
import dev.fedcore.adapters.HttpFake.Answer;
import dev.fedcore.adapters.HttpFake.Asked;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Chat completions in the form of OpenAI's API: it checks every member it is sent, counts the
/// questions it took, and answers each with the same words.
final class ModelFake implements AutoCloseable {

  static final String KEY = "s3cret-Pa55word";
  static final String MODEL = "parrot-1";

  private final HttpFake http = HttpFake.start(this::answer);
  private final AtomicReference<Answer> instead = new AtomicReference<>(new Answer(200, ""));
  private final AtomicReference<String> words = new AtomicReference<>("Aye.");
  private final AtomicInteger serial = new AtomicInteger();
  private final List<String> taken = new CopyOnWriteArrayList<>();

  URI uri() {
    return http.uri();
  }

  Map<String, String> environment() {
    return Map.of(
        "AI_BASE_URL",
        uri() + "/v1",
        "AI_API_KEY",
        KEY,
        "AI_MODEL",
        MODEL,
        "AI_TOKENS_PER_DAY",
        "1000000");
  }

  /// Answers so from now on, whatever is asked.
  void answer(Answer always) {
    instead.set(always);
  }

  /// Says so from now on.
  void words(String next) {
    words.set(next);
  }

  void line(HttpFake.Line line) {
    http.line(line);
  }

  /// The requests it took.
  List<String> taken() {
    return List.copyOf(taken);
  }

  @Override
  public void close() {
    http.close();
  }

  /// A completion with an id, a content and an end.
  static String completion(String id, String content, String finishReason) {
    var message = JsonObject.builder().put("role", "assistant").put("content", content).build();
    String text = new String(message.canonicalBytes(), StandardCharsets.UTF_8);
    return """
    {"id":"%s","object":"chat.completion","created":1767268800,"model":"parrot-1-2026",\
    "choices":[{"index":0,"message":%s,"logprobs":null,"finish_reason":"%s"}],\
    "usage":{"prompt_tokens":9,"completion_tokens":12,"total_tokens":21,\
    "completion_tokens_details":{"reasoning_tokens":0}},"service_tier":"default"}\
    """
        .formatted(id, text, finishReason);
  }

  static String error(String message) {
    return """
    {"error":{"message":"%s","type":"invalid_request_error","param":null,"code":null}}\
    """
        .formatted(message);
  }

  private Answer answer(Asked asked) {
    Answer always = instead.get();
    if (!always.body().isEmpty()) {
      return always;
    }
    if (!asked.header("Authorization").equals("Bearer " + KEY)) {
      return new Answer(401, error("Incorrect API key provided"));
    }
    if (!asked.method().equals("POST") || !asked.path().equals("/v1/chat/completions")) {
      return new Answer(404, error("unknown path"));
    }
    try {
      check(asked.body());
    } catch (MalformedInput e) {
      return new Answer(400, error(e.pointer() + " " + e.problem()));
    }
    taken.add(asked.body());
    return new Answer(200, completion("chatcmpl-" + serial.incrementAndGet(), words.get(), "stop"));
  }

  private static void check(String body) {
    JsonFields request =
        JsonFields.of(
            JsonReader.readObject(body.getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT), "");
    request.integer("max_completion_tokens", 1, 32_768);
    request.bool("stream", true);
    if (!request.string("model").equals(MODEL)) {
      throw new MalformedInput("/model", "does not exist");
    }
    JsonFields message = JsonFields.of((JsonObject) request.array("messages").getFirst(), "/m");
    message.string("content");
    message.string("role");
    message.end();
    request.optionalObject("response_format").ifPresent(ModelFake::checkFormat);
    request.end();
  }

  private static void checkFormat(JsonObject format) {
    JsonFields fields = JsonFields.of(format, "/response_format");
    fields.string("type");
    JsonFields schema = JsonFields.of(fields.object("json_schema"), "/json_schema");
    schema.string("name");
    schema.object("schema");
    schema.end();
    fields.end();
  }
}
