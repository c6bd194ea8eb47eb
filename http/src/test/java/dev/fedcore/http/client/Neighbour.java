package dev.fedcore.http.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/// A service that answers each request as it is told, byte for byte.
final class Neighbour implements AutoCloseable {

  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

  private final ServerSocket listening;
  private final Manners manners;
  private final AtomicInteger requests = new AtomicInteger();
  private final Thread accepting = Thread.ofPlatform().daemon().unstarted(this::accept);

  private Neighbour(ServerSocket listening, Manners manners) {
    this.listening = listening;
    this.manners = manners;
  }

  /// What is done with one request that has no body, once its head is read.
  @FunctionalInterface
  interface Manners {

    /// Answers, and says whether the connection stays open.
    boolean answer(OutputStream out) throws IOException;
  }

  static Neighbour with(Manners manners) throws IOException {
    return at(0, manners);
  }

  static Neighbour at(int port, Manners manners) throws IOException {
    var neighbour =
        new Neighbour(new ServerSocket(port, 0, InetAddress.getLoopbackAddress()), manners);
    neighbour.accepting.start();
    return neighbour;
  }

  /// Says the text, and keeps the connection.
  static Manners saying(String text) {
    return out -> {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
      return true;
    };
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port());
  }

  int port() {
    return listening.getLocalPort();
  }

  /// How many requests have come.
  int requests() {
    return requests.get();
  }

  /// The port is free when this returns: the system holds it as long as a thread waits there.
  @Override
  public void close() throws IOException {
    listening.close();
    try {
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void accept() {
    try {
      while (!listening.isClosed()) {
        Socket socket = listening.accept();
        Thread.ofVirtual().start(() -> serve(socket));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      boolean open = true;
      while (open && readHead(socket.getInputStream())) {
        requests.incrementAndGet();
        open = manners.answer(socket.getOutputStream());
      }
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static boolean readHead(InputStream in) throws IOException {
    int matched = 0;
    while (matched < END_OF_HEAD.length) {
      int next = in.read();
      if (next < 0) {
        return false;
      }
      matched = next == END_OF_HEAD[matched] ? matched + 1 : next == '\r' ? 1 : 0;
    }
    return true;
  }
}
