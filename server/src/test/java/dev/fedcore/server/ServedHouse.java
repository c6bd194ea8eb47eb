package dev.fedcore.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.server.Served.Answer;
import dev.fedcore.testing.Eventually;
import dev.fedcore.testing.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The services of one process, and a client for them that is trusted.
final class ServedHouse implements AutoCloseable {

  private static final String EXECUTE = "/api/workflow/execute";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final House house;
  private final HttpClient client = HttpClient.newHttpClient();

  private ServedHouse(House house) {
    this.house = house;
  }

  /// Starts `roles` on those of `ports` that are theirs. They wait half a minute for one another.
  static ServedHouse start(
      Path data, Set<Role> roles, Map<Role, Integer> ports, Map<String, String> environment) {
    var config =
        new ServerConfig(
            data,
            "127.0.0.1",
            ports.getOrDefault(Role.FEDERATION, 0),
            Optional.empty(),
            Optional.empty(),
            false);
    var patient = new HashMap<>(Map.of("WORKFLOW_TIMEOUT", "30"));
    patient.putAll(environment);
    return new ServedHouse(
        House.start(
            config, new Surroundings(roles, ports, patient), List.of(), InstantSource.system()));
  }

  /// A port for each role that was free a moment ago.
  static Map<Role, Integer> freePorts() {
    try {
      Iterator<Integer> free = FreePorts.draw(Role.values().length).iterator();
      return Stream.of(Role.values()).collect(Collectors.toMap(role -> role, _ -> free.next()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where each of `roles` is, for services of other processes.
  static Map<String, String> environment(Map<Role, Integer> ports, Role... roles) {
    var environment = new HashMap<String, String>();
    for (Role role : roles) {
      environment.put(role.urlVariable(), "http://127.0.0.1:" + ports.get(role));
    }
    return environment;
  }

  Answer execute(String body) {
    return post(Role.EXECUTOR, EXECUTE, body, "bhiv_core");
  }

  Answer get(Role role, String path) {
    return send(role, "GET", path, "", "auditor_test");
  }

  Answer post(Role role, String path, String body, String actor) {
    return send(role, "POST", path, body, actor);
  }

  Answer patch(Role role, String path, String body, String actor) {
    return send(role, "PATCH", path, body, actor);
  }

  /// Reads until `pointer` shows `value`.
  Answer await(Role role, String path, String pointer, String value) throws Exception {
    Eventually.holds(PATIENCE, () -> get(role, path).text(pointer).equals(value));
    return get(role, path);
  }

  @Override
  public void close() {
    client.close();
    house.close();
  }

  private Answer send(Role role, String method, String path, String body, String actor) {
    var request =
        HttpRequest.newBuilder(URI.create(house.listening().get(role) + path))
            .method(method, BodyPublishers.ofString(body, UTF_8))
            .header("Content-Type", "application/json")
            .header("X-Actor-Id", actor)
            .build();
    try {
      return new Answer(client.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
