package dev.fedcore.benchmarks.pillars;

import dev.fedcore.benchmarks.folder.TemporaryFolder;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// All five services, each a process, on free ports and fresh data that goes with them.
final class Processes implements AutoCloseable {

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final Map<Service, ServiceProcess> running = new EnumMap<>(Service.class);
  private final Map<Service, URI> urls = new EnumMap<>(Service.class);
  private final TemporaryFolder folder;

  private Processes(TemporaryFolder folder) {
    this.folder = folder;
  }

  /// Starts all; everything answers when it returns.
  static Processes start() throws IOException, InterruptedException {
    var processes = new Processes(TemporaryFolder.of("pillars"));
    try {
      processes.forkAll();
      return processes;
    } catch (IOException | InterruptedException | RuntimeException e) {
      processes.close();
      throw e;
    }
  }

  /// Where a service listens, through all its starts.
  URI url(Service service) {
    return Objects.requireNonNull(urls.get(service));
  }

  /// Where a service keeps its data.
  Path data(Service service) {
    return running(service).data();
  }

  /// The time of processors that each service has taken since it was started last.
  Map<Service, Duration> cpu() {
    var taken = new EnumMap<Service, Duration>(Service.class);
    running.forEach((service, process) -> taken.put(service, process.cpu()));
    return taken;
  }

  void kill(Service service) {
    running(service).kill();
  }

  void startAgain(Service service) throws IOException, InterruptedException {
    running(service).startAgain(http);
  }

  void stop(Service service) {
    running(service).stop();
  }

  @Override
  public void close() throws IOException {
    running.values().forEach(ServiceProcess::stop);
    http.close();
    folder.close();
  }

  private void forkAll() throws IOException, InterruptedException {
    var ports = freePorts();
    ports.forEach(
        (service, port) -> urls.put(service, URI.create("http://127.0.0.1:%d".formatted(port))));
    Map<String, String> environment =
        urls.entrySet().stream()
            .collect(
                Collectors.toMap(
                    url -> url.getKey().urlVariable(), url -> url.getValue().toString()));
    for (Service service : Service.values()) {
      running.put(
          service,
          ServiceProcess.fork(service, ports.getOrDefault(service, 0), folder.path(), environment));
    }
    for (ServiceProcess process : running.values()) {
      process.awaitReady(http);
    }
  }

  private ServiceProcess running(Service service) {
    return Objects.requireNonNull(running.get(service));
  }

  /// Ports that were free a moment ago, all different.
  private static Map<Service, Integer> freePorts() throws IOException {
    var sockets = new EnumMap<Service, ServerSocket>(Service.class);
    var ports = new EnumMap<Service, Integer>(Service.class);
    try {
      for (Service service : Service.values()) {
        var socket = new ServerSocket(0);
        sockets.put(service, socket);
        ports.put(service, socket.getLocalPort());
      }
      return ports;
    } finally {
      for (ServerSocket socket : sockets.values()) {
        socket.close();
      }
    }
  }
}
