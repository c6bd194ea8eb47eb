package dev.fedcore.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.policy.BundleLoader;
import dev.fedcore.policy.LoadResult;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A running server and a client for it. Deny, flag and allow follow from the action's title, so
/// that a test says what it wants.
public final class Served implements AutoCloseable {

  private static final JsonLimits ANSWERS = new JsonLimits(1 << 26, 128, 1 << 20);

  private final FederationCore core;
  private final HttpClient client = HttpClient.newHttpClient();

  private Served(FederationCore core) {
    this.core = core;
  }

  public static Served trusting(Path data) {
    return with(new ServerConfig(data, "127.0.0.1", 0, Optional.empty(), Optional.empty(), false));
  }

  public static Served with(ServerConfig config) {
    return with(config, extensions(), InstantSource.system());
  }

  public static Served with(ServerConfig config, Extensions extensions, InstantSource clock) {
    return new Served(FederationCore.start(config, extensions, clock));
  }

  public static Extensions extensions() {
    try (var stream = Objects.requireNonNull(Served.class.getResourceAsStream("by-title.yaml"))) {
      return switch (BundleLoader.load(stream.readAllBytes())) {
        case LoadResult.Loaded(var bundle, var _) ->
            new Extensions(
                List.of(bundle),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                ActingMaker.here(Map.of()),
                false,
                Optional.empty(),
                Optional.empty());
        case LoadResult.Rejected(var problems) -> throw new AssertionError(problems);
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI uri() {
    return core.uri();
  }

  FederationCore core() {
    return core;
  }

  /// What came back.
  public record Answer(HttpResponse<byte[]> raw) {

    public int status() {
      return raw.statusCode();
    }

    public byte[] body() {
      return raw.body();
    }

    public JsonObject json() {
      return JsonReader.readObject(body(), ANSWERS);
    }

    public String text(String pointer) {
      return value(pointer) instanceof JsonString(String text)
          ? text
          : new String(value(pointer).canonicalBytes(), UTF_8);
    }

    public JsonValue value(String pointer) {
      return JsonPointers.find(JsonReader.read(body(), ANSWERS), pointer)
          .orElseThrow(
              () -> new AssertionError("no " + pointer + " in " + new String(body(), UTF_8)));
    }

    public String header(String name) {
      return raw.headers().firstValue(name).orElse("");
    }
  }

  public Answer get(String path, String... headers) {
    return send("GET", path, new byte[0], headers);
  }

  public Answer post(String path, String body, String... headers) {
    return send("POST", path, body.getBytes(UTF_8), headers);
  }

  public Answer patch(String path, String body, String... headers) {
    return send("PATCH", path, body.getBytes(UTF_8), headers);
  }

  public Answer send(String method, String path, byte[] body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(core.uri() + path))
            .method(method, BodyPublishers.ofByteArray(body))
            .header("Content-Type", "application/json");
    if (headers.length > 0) {
      for (int i = 0; i < headers.length; i += 2) {
        request.setHeader(headers[i], headers[i + 1]);
      }
    }
    try {
      HttpResponse<byte[]> raw = client.send(request.build(), BodyHandlers.ofByteArray());
      var answer = new Answer(raw);
      Contract.check(method, path, answer);
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Reads `path` until `pointer` shows `value`.
  ///
  /// @throws AssertionError if it does not within half a minute
  public Answer await(String path, String pointer, String value) {
    var never = new CountDownLatch(1);
    Answer answer = get(path);
    for (int i = 0; i < 600 && !answer.text(pointer).equals(value); i++) {
      try {
        assertThat(never.await(50, TimeUnit.MILLISECONDS)).isFalse();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
      answer = get(path);
    }
    assertThat(answer.text(pointer)).isEqualTo(value);
    return answer;
  }

  /// Waits until the clock shows another millisecond: ids of runs sort by the one they are made in,
  /// and in no order within it.
  static void awaitNextMillisecond() {
    InstantSource clock = InstantSource.system();
    long before = clock.millis();
    while (clock.millis() <= before) {
      Thread.onSpinWait();
    }
  }

  /// Creates a managed run that makes a task, started, and waits until it is over or paused.
  public Answer task(String title, String... headers) {
    var all = new ArrayList<>(List.of(headers));
    all.addAll(List.of("Prefer", "wait=20"));
    return post("/workflows/runs", taskBody(title), all.toArray(String[]::new));
  }

  static String taskBody(String title) {
    return """
    {"workflow_id":"pt004_execution_spine","start":true,"input_payload":
      {"capability":"task.create","action":{"type":"task","parameters":{"title":"%s"}}}}\
    """
        .formatted(title);
  }

  @Override
  public void close() {
    client.close();
    core.close();
  }
}
