package dev.fedcore.pillars.karma;

import dev.fedcore.http.ProblemForm;
import dev.fedcore.http.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Karma, over the file `karma.db` of a directory. Safe for use by many threads.
public final class Karma implements AutoCloseable {

  private final KarmaStore store;
  private final InstantSource clock;
  private final List<Route> routes;

  private Karma(KarmaStore store, KarmaSettings settings, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    var callers = new Callers(settings);
    var events = new EventRoutes(store, settings, callers, clock);
    var reads = new ReadRoutes(store, settings, callers, clock, openApi());
    var erasures = new ErasureRoutes(store, clock);
    this.routes =
        Stream.of(events.routes(), reads.routes(), erasures.routes())
            .flatMap(List::stream)
            .toList();
  }

  /// Opens Karma; makes the directory and the file if there are none.
  ///
  /// @param clock says when events are accepted, and until when a profile is decayed
  /// @throws dev.fedcore.sqlite.StoreRefused if another process has the file, or it is none of ours
  /// @throws dev.fedcore.sqlite.StoreUnavailable if the disk does not answer
  public static Karma open(Path directory, KarmaSettings settings, InstantSource clock) {
    return open(directory, settings, new SecureRandom(), clock);
  }

  /// Opens Karma as [#open(Path, KarmaSettings, InstantSource)] does.
  ///
  /// @param random draws what pseudonyms and commitments are made with
  public static Karma open(
      Path directory, KarmaSettings settings, SecureRandom random, InstantSource clock) {
    return new Karma(KarmaStore.open(directory, random), settings, clock);
  }

  /// The operations.
  public List<Route> routes() {
    return routes;
  }

  /// How Karma's clients expect problems to be written.
  public ProblemForm problems() {
    return new KarmaProblems(clock);
  }

  /// What is kept beside the events. Reads everything.
  public Snapshot kept() {
    return store.replay().kept();
  }

  /// What follows from the events, worked out again from the first: the same as [#kept()] while
  /// nothing is being told. Also checks the chain of the events. Reads everything.
  ///
  /// @throws KarmaCorrupted if an event is not the one that was kept
  public Snapshot replay() {
    return store.replay().replayed();
  }

  @Override
  public void close() {
    store.close();
  }

  private static byte[] openApi() {
    try (var stream = Objects.requireNonNull(Karma.class.getResourceAsStream("openapi.json"))) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
