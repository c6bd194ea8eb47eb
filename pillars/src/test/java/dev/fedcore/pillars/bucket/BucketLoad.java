package dev.fedcore.pillars.bucket;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A load on a Bucket: so many connections, each posting one request after the other for so many
/// times. Its own small client, so that on a small machine the client is not what is measured.
final class BucketLoad {

  private BucketLoad() {}

  /// What came of it.
  record Result(long events, double seconds) {

    double perSecond() {
      return events / seconds;
    }

    @Override
    public String toString() {
      return "%,d events in %.2f s: %,.0f/s".formatted(events, seconds, perSecond());
    }
  }

  static Result run(URI server, int connections, int posts, int eventsAPost)
      throws InterruptedException {
    long began = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Stream<Callable<Boolean>> clients =
          IntStream.range(0, connections)
              .mapToObj(client -> () -> post(server, client, posts, eventsAPost));
      for (var done : threads.invokeAll(clients.toList())) {
        done.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    return new Result((long) connections * posts * eventsAPost, seconds);
  }

  private static boolean post(URI server, int client, int posts, int eventsAPost) {
    try (var socket = new Socket(server.getHost(), server.getPort())) {
      socket.setTcpNoDelay(true);
      var in = new BufferedInputStream(socket.getInputStream());
      for (int i = 0; i < posts; i++) {
        String body = body(client, i, eventsAPost);
        String path = eventsAPost == 1 ? "/workflow/write-event" : "/core/write-events";
        String head =
            "POST %s HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n".formatted(path)
                + "Content-Length: %d\r\n\r\n".formatted(body.length());
        socket.getOutputStream().write((head + body).getBytes(US_ASCII));
        readAnswer(in);
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String body(int client, int number, int eventsAPost) {
    if (eventsAPost == 1) {
      return "{\"requester_id\":\"workflow_executor\"," + event(client, number, 0) + "}";
    }
    var body = new StringBuilder("{\"requester_id\":\"workflow_executor\",\"events\":[");
    for (int i = 0; i < eventsAPost; i++) {
      body.append(i == 0 ? "{" : ",{").append(event(client, number, i)).append('}');
    }
    return body.append("]}").toString();
  }

  private static String event(int client, int number, int i) {
    return """
    "event_id":"load-%d-%d-%d","event_data":{"event_type":"workflow_execution",\
    "trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","action_type":"task","status":"success",\
    "timestamp":"2026-01-31T10:00:00Z","execution_result":{"success":true,"task_status":"CREATED",\
    "reference":"local://tasks/task_00000000"},"metadata":{"user_id":"user123"}}\
    """
        .formatted(client, number, i);
  }

  private static void readAnswer(InputStream in) throws IOException {
    String status = line(in);
    if (!status.contains(" 200 ")) {
      throw new IOException("answered with " + status);
    }
    int length = 0;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    in.skipNBytes(length);
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
