package dev.fedcore.pillars.bucket;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.Authentication;
import dev.fedcore.http.HttpServer;
import dev.fedcore.http.Problem;
import dev.fedcore.http.Router;
import dev.fedcore.pillars.bucket.api.BucketApi.Settings;
import dev.fedcore.pillars.bucket.governance.BucketLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.SplittableRandom;

/// A running Bucket on a free port of this machine, and a client for it.
final class Served implements AutoCloseable {

  private static final JsonLimits ANSWERS = new JsonLimits(1 << 26, 128, 1 << 20);

  private final Bucket bucket;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  private Served(Bucket bucket, HttpServer server) {
    this.bucket = bucket;
    this.server = server;
  }

  static Served in(Path directory) {
    return with(directory, BucketLimits.DEFAULT, InstantSource.system());
  }

  static Served with(Path directory, BucketLimits limits, InstantSource clock) {
    return with(directory, limits, clock, new Settings(true, true, "test"));
  }

  static Served authenticating(Path directory) {
    return with(
        directory, BucketLimits.DEFAULT, InstantSource.system(), new Settings(false, true, "test"));
  }

  static Served with(Path directory, BucketLimits limits, InstantSource clock, Settings settings) {
    Authentication authentication = settings.trusted() ? Asking.trusting() : Asking.knowing();
    Bucket bucket = Bucket.open(directory, limits, clock, settings);
    var router =
        new Router(
            bucket.routes(),
            authentication,
            (_, _, _, _) -> {},
            new SplittableRandom(1),
            System::nanoTime,
            Problem::toResponse);
    return new Served(bucket, HttpServer.start("127.0.0.1", 0, router));
  }

  Bucket bucket() {
    return bucket;
  }

  URI uri() {
    return server.uri();
  }

  /// What came back.
  record Answer(HttpResponse<byte[]> raw) {

    int status() {
      return raw.statusCode();
    }

    String body() {
      return new String(raw.body(), UTF_8);
    }

    /// The text at `pointer`, or the canonical form of what else stands there.
    String text(String pointer) {
      JsonValue value =
          JsonPointers.find(JsonReader.read(raw.body(), ANSWERS), pointer)
              .orElseThrow(() -> new AssertionError("no " + pointer + " in " + body()));
      return value instanceof JsonString(String text)
          ? text
          : new String(value.canonicalBytes(), UTF_8);
    }

    boolean has(String pointer) {
      return JsonPointers.find(JsonReader.read(raw.body(), ANSWERS), pointer).isPresent();
    }

    String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }
  }

  Answer get(String path, String... headers) {
    return send("GET", path, "", headers);
  }

  Answer post(String path, String body, String... headers) {
    return send("POST", path, body, headers);
  }

  /// Writes an event of the executor's.
  Answer executed(String traceId) {
    return post("/core/write-event", event(traceId));
  }

  static String event(String traceId) {
    return """
    {"requester_id":"workflow_executor","event_data":{"event_type":"workflow_execution",\
    "trace_id":"%s","action_type":"task","status":"success","execution_result":{}}}\
    """
        .formatted(traceId);
  }

  Answer send(String method, String path, String body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(server.uri() + path))
            .method(method, BodyPublishers.ofString(body));
    if (!body.isEmpty()) {
      request.header("Content-Type", "application/json");
    }
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      var answer = new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
      Contract.check(method, path, answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
    bucket.close();
  }
}
