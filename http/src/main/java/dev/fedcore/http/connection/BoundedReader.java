package dev.fedcore.http.connection;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import java.io.ByteArrayOutputStream;
import java.util.function.Supplier;

/// Reads from a connection with little memory, whatever the other end sends: the HTTP library takes
/// a chunk of any size in whole before anybody sees its first byte, a chunk's first line however
/// long it gets, and keeps each piece in which a line arrives apart, with 80 bytes around it.
final class BoundedReader extends DataReader {

  /// The largest chunk of a body: more than the largest body of any route. Who sends larger ones
  /// has a body that is too large.
  private static final int CHUNK_BYTES_MAX = 4 << 20;

  private static final int FORGOTTEN_BYTES_MAX = 16 << 20;

  /// The longest line that tells a chunk's size, in bytes.
  private static final int LINE_BYTES_MAX = 256;

  private final Source source;
  private final BodyRoom chunk;
  private boolean ended;

  @SuppressWarnings("removal") // what replaces it makes readers whose reading cannot be bounded
  private BoundedReader(Source source, BodyRoom chunk) {
    super(source);
    this.source = source;
    this.chunk = chunk;
  }

  /// Takes over all that comes out of `from`.
  ///
  /// @param chunk room for a chunk until it has been passed on
  static BoundedReader over(DataReader from, BodyRoom chunk) {
    return new BoundedReader(new Source(from), chunk);
  }

  /// Is called for a piece of a body, or a chunk.
  @Override
  public BufferData readBuffer(int length) {
    source.passedOn();
    return length <= available() ? super.readBuffer(length) : BufferData.create(whole(length));
  }

  private byte[] whole(int length) {
    if (length > CHUNK_BYTES_MAX) {
      throw refused(BodyRefused.Reason.TOO_LARGE, length);
    }
    var whole = new ByteArrayOutputStream();
    while (whole.size() < length) {
      byte[] piece = piece(length - whole.size());
      if (!chunk.take(piece.length)) {
        throw refused(BodyRefused.Reason.NO_ROOM, length - whole.size() - piece.length);
      }
      whole.writeBytes(piece);
    }
    return whole.toByteArray();
  }

  private byte[] piece(int bytesMax) {
    ensureAvailable();
    source.passedOn();
    return readBytes(Math.min(available(), bytesMax));
  }

  /// A client that is still sending does not listen, so what is left is read and forgotten. Of very
  /// much nothing more is read, ever: it would be taken for what comes after it.
  private BodyRefused refused(BodyRefused.Reason reason, int left) {
    if (left > FORGOTTEN_BYTES_MAX) {
      ended = true;
    } else {
      int forgotten = 0;
      while (forgotten < left) {
        forgotten += piece(left - forgotten).length;
      }
    }
    return new BodyRefused(reason);
  }

  /// Comes before any reading.
  @Override
  public void ensureAvailable() {
    if (ended) {
      throw new CloseConnectionException("the rest of a chunk is not read");
    }
    super.ensureAvailable();
  }

  /// Is called for the line before a chunk, and the one after the last: the chunk before has been
  /// passed on.
  @Override
  public String readLine() {
    chunk.clear();
    if (findNewLine(LINE_BYTES_MAX) == LINE_BYTES_MAX) {
      throw new CloseConnectionException("the line before a chunk does not end");
    }
    return super.readLine();
  }

  /// Is called after each line of a head.
  @Override
  public void skip(int bytes) {
    source.passedOn();
    super.skip(bytes);
  }

  /// The pieces in which bytes arrive.
  private static final class Source implements Supplier<byte[]> {

    /// In so many pieces a line may arrive; a whole head commonly comes in one or two.
    private static final int PIECES_MAX = 256;

    private final DataReader from;
    private int pieces;

    Source(DataReader from) {
      this.from = from;
    }

    void passedOn() {
      pieces = 0;
    }

    @Override
    public byte[] get() {
      pieces++;
      if (pieces > PIECES_MAX) {
        throw new CloseConnectionException("a line of the head comes in too many pieces");
      }
      from.ensureAvailable();
      return from.readBytes(from.available());
    }
  }
}
