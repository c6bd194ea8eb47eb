package dev.fedcore.adapters.whatsapp;

import dev.fedcore.adapters.HttpFake;
import dev.fedcore.adapters.HttpFake.Answer;
import dev.fedcore.adapters.HttpFake.Asked;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Meta's Cloud API as far as texts and templates go, and as strict: every member is checked, none
/// is passed over. It counts the messages it took, and, like Meta, takes the same one twice.
final class CloudApiFake implements AutoCloseable {

  static final String TOKEN = "s3cret-Pa55word";
  static final String NUMBER_ID = "106540352242922";

  private final HttpFake http = HttpFake.start(this::answer);
  private final AtomicReference<Answer> instead = new AtomicReference<>(new Answer(200, ""));
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final AtomicInteger serial = new AtomicInteger();

  URI uri() {
    return http.uri();
  }

  Map<String, String> environment() {
    return Map.of(
        "WHATSAPP_TOKEN",
        TOKEN,
        "WHATSAPP_PHONE_NUMBER_ID",
        NUMBER_ID,
        "WHATSAPP_BASE_URL",
        uri().toString(),
        "WHATSAPP_MESSAGES_PER_SECOND",
        "1000");
  }

  /// Answers so from now on, whatever is asked.
  void answer(Answer always) {
    instead.set(always);
  }

  void line(HttpFake.Line line) {
    http.line(line);
  }

  /// The effect keys of the messages it took.
  List<String> taken() {
    return List.copyOf(taken);
  }

  /// The messages it took, as they came.
  List<String> bodies() {
    return List.copyOf(bodies);
  }

  int requests() {
    return http.requests();
  }

  @Override
  public void close() {
    http.close();
  }

  static String error(long code, String details) {
    return """
    {"error":{"message":"(#%d) no","type":"OAuthException","code":%d,\
    "error_data":{"messaging_product":"whatsapp","details":"%s"},\
    "fbtrace_id":"Az8or2yhqkZfEZ-_4Qn_Bam"}}\
    """
        .formatted(code, code, details);
  }

  private Answer answer(Asked asked) {
    Answer always = instead.get();
    if (!always.body().isEmpty()) {
      return always;
    }
    if (!asked.header("Authorization").equals("Bearer " + TOKEN)) {
      return new Answer(401, error(190, "Invalid OAuth access token"));
    }
    String path = "/v25.0/" + NUMBER_ID + "/messages";
    if (!asked.method().equals("POST") || !asked.path().equals(path)) {
      return new Answer(404, error(100, "unknown path " + asked.path()));
    }
    try {
      return accept(asked);
    } catch (MalformedInput e) {
      return new Answer(400, error(100, e.pointer() + " " + e.problem()));
    }
  }

  private Answer accept(Asked asked) {
    if (!asked.header("Content-Type").equals("application/json")) {
      throw new MalformedInput("", "must be application/json");
    }
    JsonFields message =
        JsonFields.of(
            JsonReader.readObject(
                asked.body().getBytes(StandardCharsets.UTF_8), JsonLimits.DEFAULT),
            "");
    only(message, "messaging_product", "whatsapp");
    only(message, "recipient_type", "individual");
    String to = message.string("to");
    if (!to.matches("[1-9][0-9]{6,14}")) {
      throw new MalformedInput("/to", "must be digits");
    }
    String effectKey = message.string("biz_opaque_callback_data", 512);
    switch (message.string("type")) {
      case "text" -> text(JsonFields.of(message.object("text"), "/text"));
      case "template" -> template(JsonFields.of(message.object("template"), "/template"));
      default -> throw new MalformedInput("/type", "must be text or template");
    }
    message.end();
    taken.add(effectKey);
    bodies.add(asked.body());
    return new Answer(
        200,
        """
        {"messaging_product":"whatsapp","contacts":[{"input":"%s","wa_id":"%s"}],\
        "messages":[{"id":"wamid.%d","message_status":"accepted"}]}\
        """
            .formatted(to, to, serial.incrementAndGet()));
  }

  private static void text(JsonFields text) {
    text.string("body", 4_096);
    text.bool("preview_url", false);
    text.end();
  }

  private static void template(JsonFields template) {
    if (!template.string("name").matches("[a-z0-9_]{1,512}")) {
      throw new MalformedInput("/template/name", "must be a name");
    }
    JsonFields language = JsonFields.of(template.object("language"), "/template/language");
    language.string("code", 15);
    language.end();
    for (JsonValue value : template.optionalArray("components").orElse(List.of())) {
      JsonFields component = JsonFields.of((JsonObject) value, "/template/components");
      if (!component.string("type").matches("header|body")) {
        throw new MalformedInput("/template/components/type", "must be header or body");
      }
      for (JsonValue given : component.array("parameters")) {
        JsonFields parameter = JsonFields.of((JsonObject) given, "/template/components/parameters");
        only(parameter, "type", "text");
        if (parameter.string("text", 1_024).matches("(?s).*([\n\t]| {5}).*")) {
          throw new MalformedInput("/template/components/parameters/text", "must be one line");
        }
        parameter.end();
      }
      component.end();
    }
    template.end();
  }

  private static void only(JsonFields fields, String name, String value) {
    if (!fields.string(name).equals(value)) {
      throw new MalformedInput(fields.pointer(name), "must be " + value);
    }
  }
}
