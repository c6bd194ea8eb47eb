package dev.fedcore.adapters.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// A mail server on loopback that says at one point of the conversation what a test wants, or hangs
/// up there. It counts the messages whose end it has read and not refused.
final class SmtpFake implements AutoCloseable {

  /// Where the conversation stands: what has just been read, and not been answered.
  enum Stage {
    CONNECTION,
    EHLO,
    STARTTLS,
    AUTH,
    MAIL,
    RCPT,
    DATA,
    /// One line of the message.
    BODY,
    DOT,
    QUIT,
    NOWHERE
  }

  /// What is otherwise at one stage.
  ///
  /// @param says the whole reply; empty for none
  record Script(Stage at, String says, boolean hangsUp) {

    static Script politely() {
      return new Script(Stage.NOWHERE, "", false);
    }

    static Script hangUpAt(Stage stage) {
      return new Script(stage, "", true);
    }

    static Script say(Stage stage, String reply) {
      return new Script(stage, reply, false);
    }
  }

  private final ServerSocket server;
  private final List<String> extensions;
  private final SSLSocketFactory tls;
  private final boolean isImplicit;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicReference<Script> script = new AtomicReference<>(Script.politely());
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final List<String> commands = new CopyOnWriteArrayList<>();

  private SmtpFake(ServerSocket server, List<String> extensions, boolean isImplicit) {
    this.server = server;
    this.extensions = extensions;
    this.tls = Certificate.server();
    this.isImplicit = isImplicit;
  }

  /// Starts a server that offers `extensions`, such as `AUTH PLAIN` or `STARTTLS`.
  static SmtpFake start(String... extensions) {
    return start(false, extensions);
  }

  /// Starts one that speaks TLS from the first byte.
  static SmtpFake startImplicit(String... extensions) {
    return start(true, extensions);
  }

  private static SmtpFake start(boolean isImplicit, String... extensions) {
    try {
      var server = new ServerSocket(0, 512, InetAddress.getLoopbackAddress());
      var fake = new SmtpFake(server, List.of(extensions), isImplicit);
      fake.threads.execute(fake::accept);
      return fake;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getLocalPort();
  }

  void script(Script next) {
    script.set(next);
  }

  /// The messages that were taken, as they came.
  List<String> messages() {
    return List.copyOf(messages);
  }

  List<String> commands() {
    return List.copyOf(commands);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        threads.execute(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket accepted) {
    try (accepted) {
      var line = new Line(isImplicit ? secured(accepted) : accepted);
      reply(line, Stage.CONNECTION, "220 localhost ready");
      String command = line.read();
      while (true) {
        commands.add(command);
        line = converse(line, command);
        command = line.read();
      }
    } catch (IOException _) {
      // Hung up, by one side or the other.
    }
  }

  private Line converse(Line line, String command) throws IOException {
    String verb = command.split(" ", 2)[0].toUpperCase(Locale.ROOT);
    switch (verb) {
      case "EHLO" -> reply(line, Stage.EHLO, hello());
      case "STARTTLS" -> {
        reply(line, Stage.STARTTLS, "220 go ahead");
        return new Line(secured(line.socket()));
      }
      case "AUTH" -> reply(line, Stage.AUTH, "235 2.7.0 welcome");
      case "MAIL" -> reply(line, Stage.MAIL, "250 2.1.0 sender ok");
      case "RCPT" -> reply(line, Stage.RCPT, "250 2.1.5 recipient ok");
      case "DATA" -> {
        reply(line, Stage.DATA, "354 go ahead");
        if (script.get().at() != Stage.DATA) {
          take(line);
        }
      }
      case "QUIT" -> reply(line, Stage.QUIT, "221 bye");
      default -> line.write("250 ok");
    }
    return line;
  }

  private void take(Line line) throws IOException {
    var text = new ArrayList<String>();
    String read = line.read();
    while (!read.equals(".")) {
      reply(line, Stage.BODY, "");
      text.add(read.startsWith(".") ? read.substring(1) : read);
      read = line.read();
    }
    Script now = script.get();
    boolean isRefused = now.at() == Stage.DOT && now.says().matches("[45].*");
    if (!isRefused) {
      messages.add(String.join("\n", text));
    }
    reply(line, Stage.DOT, "250 2.0.0 queued");
  }

  private void reply(Line line, Stage stage, String usual) throws IOException {
    Script now = script.get();
    boolean isHere = now.at() == stage;
    line.write(isHere ? now.says() : usual);
    if (isHere && now.hangsUp()) {
      throw new IOException("hung up at " + stage);
    }
  }

  private String hello() {
    var lines = new ArrayList<String>();
    lines.add("localhost");
    lines.addAll(extensions);
    var reply = new StringBuilder();
    for (int i = 0; i < lines.size(); i++) {
      String mark = i == lines.size() - 1 ? "250 " : "250-";
      reply.append(i == 0 ? "" : "\r\n").append(mark).append(lines.get(i));
    }
    return reply.toString();
  }

  private Socket secured(Socket socket) throws IOException {
    var secured = (SSLSocket) tls.createSocket(socket, InputStream.nullInputStream(), true);
    secured.setUseClientMode(false);
    return secured;
  }

  /// One connection, read and written line by line.
  private static final class Line {

    private final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    Line(Socket socket) throws IOException {
      this.socket = socket;
      this.in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      this.out = socket.getOutputStream();
    }

    Socket socket() {
      return socket;
    }

    String read() throws IOException {
      String line = in.readLine();
      if (line == null) {
        throw new IOException("the other side hung up");
      }
      return line;
    }

    /// A reply that ends in a hyphen is one that is not whole.
    void write(String reply) throws IOException {
      if (!reply.isEmpty()) {
        String end = reply.endsWith("-") ? "" : "\r\n";
        out.write((reply + end).getBytes(StandardCharsets.UTF_8));
        out.flush();
      }
    }
  }
}
