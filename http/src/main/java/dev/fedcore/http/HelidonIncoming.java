package dev.fedcore.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.media.ReadableEntity;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;

/// A request as the HTTP library holds it. For one thread.
final class HelidonIncoming implements Incoming {

  /// How many bytes beyond the limit are read and forgotten, so that a client that is still sending
  /// hears the answer instead of a broken connection.
  private static final long DRAINED_BYTES_MAX = 16L << 20;

  private static final byte[] NOTHING = new byte[0];

  private final ServerRequest request;

  HelidonIncoming(ServerRequest request) {
    this.request = request;
  }

  @Override
  public String method() {
    return request.prologue().method().text();
  }

  @Override
  public String path() {
    return request.path().rawPath();
  }

  @Override
  public String query() {
    return request.query().rawValue();
  }

  @Override
  public Optional<String> header(String name) {
    return request.headers().first(HeaderNames.create(name));
  }

  @Override
  public byte[] body(int bytesMax) {
    ReadableEntity content = request.content();
    if (!content.hasEntity()) {
      return NOTHING;
    }
    OptionalLong length = request.headers().contentLength();
    if (length.isPresent() && length.getAsLong() <= bytesMax) {
      return content.as(byte[].class);
    }
    try (InputStream in = content.inputStream()) {
      byte[] body = in.readNBytes(bytesMax + 1);
      if (body.length > bytesMax) {
        in.skip(DRAINED_BYTES_MAX);
        throw tooLarge(bytesMax);
      }
      return body;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProblemFound tooLarge(int bytesMax) {
    return new ProblemFound(
        Problem.of(ProblemKind.BODY_TOO_LARGE, "a body has at most %,d bytes".formatted(bytesMax)));
  }
}
