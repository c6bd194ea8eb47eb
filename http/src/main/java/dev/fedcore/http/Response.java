package dev.fedcore.http;

import dev.fedcore.evidence.json.JsonObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What is answered: a status, headers, and a body that is there or written bit by bit.
public record Response(int status, String contentType, List<Field> headers, Body body) {

  public Response {
    headers = List.copyOf(headers);
  }

  /// One header.
  public record Field(String name, String value) {}

  /// What follows the headers.
  public sealed interface Body {

    /// All of it, never changed by anybody who holds it.
    final class Bytes implements Body {

      private final byte[] bytes;

      public Bytes(byte[] bytes) {
        this.bytes = bytes;
      }

      public byte[] bytes() {
        return bytes;
      }
    }

    /// Written as it comes. The connection is given up at the end.
    record Stream(Writing writing) implements Body {}
  }

  /// Writes a body, until it is over or the client has gone.
  @FunctionalInterface
  public interface Writing {

    /// Writes until the end.
    ///
    /// @throws IOException when the client has gone, which is nobody's fault
    void writeTo(OutputStream out) throws IOException;
  }

  public static Response json(int status, byte[] utf8) {
    return new Response(status, MediaTypes.JSON, List.of(), new Body.Bytes(utf8));
  }

  public static Response json(int status, JsonObject value) {
    return json(status, value.canonicalBytes());
  }

  /// A body of another type.
  public static Response of(int status, String contentType, byte[] bytes) {
    return new Response(status, contentType, List.of(), new Body.Bytes(bytes));
  }

  public static Response noContent() {
    return new Response(204, "", List.of(), new Body.Bytes(new byte[0]));
  }

  public static Response stream(String contentType, Writing writing) {
    return new Response(200, contentType, List.of(), new Body.Stream(writing));
  }

  /// A copy with nothing after the headers, which say how long it would be. Empty if that is not
  /// known.
  Optional<Response> withoutBody() {
    if (!(body instanceof Body.Bytes whole)) {
      return Optional.empty();
    }
    var nothing = new Body.Bytes(new byte[0]);
    return Optional.of(
        new Response(status, contentType, headers, nothing)
            .with("Content-Length", Integer.toString(whole.bytes().length)));
  }

  /// A copy with one more header.
  public Response with(String name, String value) {
    var more = new ArrayList<>(headers);
    more.add(new Field(name, value));
    return new Response(status, contentType, more, body);
  }
}
