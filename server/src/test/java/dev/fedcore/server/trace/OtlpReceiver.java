package dev.fedcore.server.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;

/// A collector on loopback that reads as much of OTLP as a test needs: the spans of every request,
/// with what they are called and how they hang together.
///
/// @see <a href="https://github.com/open-telemetry/opentelemetry-proto">trace.proto</a>
final class OtlpReceiver implements AutoCloseable {

  /// A span.
  ///
  /// @param parent the id of the span it hangs on; empty for a root
  record Told(String trace, String id, String parent, String name) {}

  private static final int LENGTH_DELIMITED = 2;
  private static final int FIXED_64 = 1;

  private final HttpServer server;
  private final List<Told> spans = new CopyOnWriteArrayList<>();

  private OtlpReceiver(HttpServer server) {
    this.server = server;
  }

  static OtlpReceiver start() throws IOException {
    var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    var receiver = new OtlpReceiver(HttpServer.create(address, 0));
    receiver.server.createContext("/v1/traces", receiver::take);
    receiver.server.start();
    return receiver;
  }

  String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  List<Told> spans() {
    return List.copyOf(spans);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean zipped = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
      InputStream raw = exchange.getRequestBody();
      byte[] body = (zipped ? new GZIPInputStream(raw) : raw).readAllBytes();
      for (byte[] ofResource : fields(body, 1)) {
        for (byte[] ofScope : fields(ofResource, 2)) {
          fields(ofScope, 2).forEach(span -> spans.add(told(span)));
        }
      }
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private static Told told(byte[] span) {
    return new Told(hex(span, 1), hex(span, 2), hex(span, 4), new String(first(span, 5), UTF_8));
  }

  private static String hex(byte[] message, int field) {
    return HexFormat.of().formatHex(first(message, field));
  }

  private static byte[] first(byte[] message, int field) {
    List<byte[]> found = fields(message, field);
    return found.isEmpty() ? new byte[0] : found.getFirst();
  }

  /// The length-delimited fields of that number, in Protocol Buffers' wire format.
  private static List<byte[]> fields(byte[] message, int wanted) {
    var found = new ArrayList<byte[]>();
    var at = new int[1];
    while (at[0] < message.length) {
      long key = varint(message, at);
      switch ((int) (key & 7)) {
        case 0 -> varint(message, at);
        case FIXED_64 -> at[0] += Long.BYTES;
        case LENGTH_DELIMITED -> {
          int length = (int) varint(message, at);
          if (key >> 3 == wanted) {
            found.add(Arrays.copyOfRange(message, at[0], at[0] + length));
          }
          at[0] += length;
        }
        default -> at[0] += Integer.BYTES;
      }
    }
    return found;
  }

  private static long varint(byte[] message, int[] at) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = message[at[0]++];
      value |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return value;
      }
    }
  }
}
