package dev.fedcore.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/// A client that says whatever it is told to, whether that is HTTP or not.
final class RawClient implements AutoCloseable {

  private static final int PATIENCE_MS = 30_000;

  private final Socket socket;

  private RawClient(Socket socket) {
    this.socket = socket;
  }

  static RawClient of(HttpServer server) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
    socket.setSoTimeout(PATIENCE_MS);
    return new RawClient(socket);
  }

  void say(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  /// Says nothing more, and still listens.
  void saysNothingMore() throws IOException {
    socket.shutdownOutput();
  }

  String line() throws IOException {
    return until('\n');
  }

  String head() throws IOException {
    var head = new StringBuilder();
    String line;
    do {
      line = line();
      head.append(line);
    } while (line.length() > "\r\n".length());
    return head.toString();
  }

  /// All up to a character, and that; or up to the end.
  String until(char last) throws IOException {
    var text = new StringBuilder();
    InputStream in = socket.getInputStream();
    int c = in.read();
    while (c >= 0) {
      text.append((char) c);
      c = c == last ? -1 : in.read();
    }
    return text.toString();
  }

  /// Reads until the server closes, in whatever way.
  ///
  /// @return how many bytes came
  long drain() throws IOException {
    long bytes = 0;
    try {
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
      }
    } catch (SocketException _) {
      // What was sent and not read is answered with a reset.
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
