package dev.fedcore.http;

import dev.fedcore.http.connection.BodyRefused;
import dev.fedcore.http.connection.WatchedConnection;
import dev.fedcore.http.connection.WatchedConnection.Waiting;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.Method;
import io.helidon.http.RequestException;
import io.helidon.http.media.ReadableEntity;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A request as the HTTP library holds it. For one thread.
final class HelidonIncoming implements Incoming {

  /// How many bytes beyond the limit are read and forgotten, so that a client that is still sending
  /// hears the answer instead of a broken connection.
  private static final long FORGOTTEN_BYTES_MAX = 16L << 20;

  /// What a proxy is told and an origin server must understand as well: a whole URI. Whom it names
  /// does not matter, for there is one host here.
  ///
  /// @see <a href="https://www.rfc-editor.org/rfc/rfc9112#section-3.2.2">RFC 9112 §3.2.2</a>
  private static final Pattern ABSOLUTE = Pattern.compile("(?i)^https?://[^/]+(/|$)");

  /// A body is read in pieces of so many bytes, a smaller one at once; 64 KiB.
  private static final int PIECE_BYTES = 64 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(HelidonIncoming.class);

  private static final byte[] NOTHING = new byte[0];

  private final ServerRequest request;
  private final WatchedConnection connection;

  /// @param connection told while the body is waited for
  HelidonIncoming(ServerRequest request, WatchedConnection connection) {
    this.request = request;
    this.connection = connection;
  }

  @Override
  public String method() {
    return request.prologue().method().text();
  }

  /// False for HEAD, which is answered with the status and the headers alone.
  boolean wantsBody() {
    return !request.prologue().method().equals(Method.HEAD);
  }

  @Override
  public String path() {
    String target = request.path().rawPath();
    return target.startsWith("/") ? target : ABSOLUTE.matcher(target).replaceFirst("/");
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
    connection.waits(Waiting.FOR_ITS_BODY);
    byte[] body = whole(content, bytesMax);
    if (!connection.waits(Waiting.FOR_AN_ANSWER)) {
      throw notWhole();
    }
    return body;
  }

  /// The library has an exception of its own for each way in which a body can be cut off, and the
  /// plain one for the length of a chunk that is no number.
  private byte[] whole(ReadableEntity content, int bytesMax) {
    try {
      return body(content, bytesMax);
    } catch (BodyRefused refused) {
      throw switch (refused.reason()) {
        case TOO_LARGE -> tooLarge(bytesMax);
        case NO_ROOM -> noRoom();
      };
    } catch (IOException
        | UncheckedIOException
        | InsufficientDataAvailableException
        | RequestException
        | HttpException
        | IllegalArgumentException
        | CloseConnectionException unread) {
      LOG.debug("event=body_not_read", unread);
      throw notWhole();
    }
  }

  private byte[] body(ReadableEntity content, int bytesMax) throws IOException {
    OptionalLong length = request.headers().contentLength();
    if (length.isPresent() && length.getAsLong() <= PIECE_BYTES) {
      if (!connection.body().take((int) length.getAsLong())) {
        throw noRoom();
      }
      return content.as(byte[].class);
    }
    try (InputStream in = content.inputStream()) {
      return inPieces(in, bytesMax);
    }
  }

  /// Takes room for what has come, not for what is said to come.
  private byte[] inPieces(InputStream in, int bytesMax) throws IOException {
    var body = new ByteArrayOutputStream();
    byte[] piece = in.readNBytes(PIECE_BYTES);
    while (piece.length > 0) {
      if (body.size() + piece.length > bytesMax) {
        in.skip(FORGOTTEN_BYTES_MAX);
        throw tooLarge(bytesMax);
      }
      if (!connection.body().take(piece.length)) {
        in.skip(FORGOTTEN_BYTES_MAX);
        throw noRoom();
      }
      body.writeBytes(piece);
      piece = in.readNBytes(PIECE_BYTES);
    }
    return body.toByteArray();
  }

  private static ProblemFound noRoom() {
    return new ProblemFound(
        Problem.of(
                ProblemKind.OVERLOADED,
                "there are too many large bodies at once; nothing was done; try again in a moment")
            .withHeader("Retry-After", Router.RETRY_AFTER_SECONDS));
  }

  private static ProblemFound notWhole() {
    return new ProblemFound(
        Problem.of(
            ProblemKind.MALFORMED_REQUEST,
            "the body ends before its Content-Length, or its last chunk, says"));
  }

  private static ProblemFound tooLarge(int bytesMax) {
    return new ProblemFound(
        Problem.of(ProblemKind.BODY_TOO_LARGE, "a body has at most %,d bytes".formatted(bytesMax)));
  }
}
