package dev.fedcore.pillars.core;

import dev.fedcore.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// Core. Keeps nothing on disk. Safe for use by many threads.
public final class Core implements AutoCloseable {

  private final TaskService tasks;
  private final List<Route> routes;

  private Core(TaskService tasks, List<Route> routes) {
    this.tasks = tasks;
    this.routes = routes;
  }

  /// Opens Core. The Executor and Bucket need not be there.
  ///
  /// @param random for task ids; used by many threads at once
  /// @param clock for how long this runs
  /// @param nanoTime a clock that only runs forward
  public static Core open(
      CoreSettings settings, RandomGenerator random, InstantSource clock, LongSupplier nanoTime) {
    var tasks = new TaskService(settings, nanoTime);
    var asked = new TaskRoutes(tasks, random);
    var service = new ServiceRoutes(settings, tasks, asked, clock, openApi());
    return new Core(
        tasks, Stream.concat(asked.routes().stream(), service.routes().stream()).toList());
  }

  /// The operations.
  public List<Route> routes() {
    return routes;
  }

  /// Sends what waits for a few seconds more, and drops the rest.
  @Override
  public void close() {
    tasks.close();
  }

  private static byte[] openApi() {
    try (var stream = Objects.requireNonNull(Core.class.getResourceAsStream("openapi.json"))) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
