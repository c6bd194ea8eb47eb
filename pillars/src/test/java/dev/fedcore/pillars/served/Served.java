package dev.fedcore.pillars.served;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.http.Access;
import dev.fedcore.http.HttpServer;
import dev.fedcore.http.Incoming;
import dev.fedcore.http.ProblemForm;
import dev.fedcore.http.Route;
import dev.fedcore.http.Router;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.identity.TenantId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;

/// Routes behind a listener on loopback, and a client for them. Whoever sends is whom the header
/// `X-Actor-Id` names, in the tenant of `X-Tenant-Id`, with every role.
public final class Served implements AutoCloseable {

  private static final JsonLimits ANSWERS = new JsonLimits(1 << 24, 128, 1 << 20);

  private final HttpServer server;
  private final Document document;
  private final HttpClient client = HttpClient.newHttpClient();

  private Served(HttpServer server, Document document) {
    this.server = server;
    this.document = document;
  }

  public static Served over(List<Route> routes, ProblemForm problems, Document document) {
    var router =
        new Router(
            routes,
            Served::stated,
            (_, _, _, _) -> {},
            new SplittableRandom(1),
            System::nanoTime,
            problems);
    return new Served(HttpServer.start("127.0.0.1", 0, router), document);
  }

  private static Principal stated(Incoming incoming, Access access) {
    return new Principal(
        incoming.header("X-Actor-Id").orElse(Principal.ANONYMOUS),
        incoming.header("X-Tenant-Id").map(TenantId::new).orElse(TenantId.DEFAULT),
        EnumSet.allOf(Role.class));
  }

  public URI uri() {
    return server.uri();
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

    public JsonValue value(String pointer) {
      return JsonPointers.find(json(), pointer)
          .orElseThrow(
              () -> new AssertionError("no " + pointer + " in " + new String(body(), UTF_8)));
    }

    /// A string as it is meant, anything else as it is written.
    public String text(String pointer) {
      return value(pointer) instanceof JsonString(String text)
          ? text
          : new String(value(pointer).canonicalBytes(), UTF_8);
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

  /// Sends, and requires that a JSON answer is as documented.
  public Answer send(String method, String path, byte[] body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(server.uri() + path))
            .method(method, BodyPublishers.ofByteArray(body))
            .header("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    try {
      HttpResponse<byte[]> raw = client.send(request.build(), BodyHandlers.ofByteArray());
      boolean isJson = raw.headers().firstValue("Content-Type").orElse("").contains("json");
      if (isJson && !path.equals("/openapi.json")) {
        document.check(method, path, raw.statusCode(), raw.body());
      }
      return new Answer(raw);
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
  }
}
