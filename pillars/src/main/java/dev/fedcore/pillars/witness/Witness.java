package dev.fedcore.pillars.witness;

import dev.fedcore.evidence.note.Cosigner;
import dev.fedcore.evidence.witness.WitnessPolicy.Log;
import dev.fedcore.http.Route;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// A witness, over the file `witness.db` of a directory. Safe for use by many threads.
public final class Witness implements AutoCloseable {

  private final WitnessStore store;
  private final List<Route> routes;

  private Witness(WitnessStore store, WitnessRoutes routes) {
    this.store = store;
    this.routes = routes.routes();
  }

  /// Makes the memory of a new witness. Does nothing where this witness's own is already.
  ///
  /// @throws dev.fedcore.sqlite.StoreRefused if another witness's is there
  public static void make(Path directory, Cosigner cosigner) {
    WitnessStore.make(directory, cosigner.verifierKey()).close();
  }

  /// Whether a witness's memory is in that directory.
  public static boolean isIn(Path directory) {
    return WitnessStore.isIn(directory);
  }

  /// Opens a witness whose memory is there.
  ///
  /// @param logs whose checkpoints it takes; several keys may share an origin
  /// @param clock says when it cosigns
  /// @throws dev.fedcore.sqlite.StoreRefused if there is none, it is another witness's, or another
  ///   process has it
  public static Witness open(
      Path directory, Cosigner cosigner, List<Log> logs, InstantSource clock) {
    WitnessStore store = WitnessStore.open(directory, cosigner.verifierKey());
    return new Witness(store, new WitnessRoutes(store, cosigner, logs, clock));
  }

  /// The operations.
  public List<Route> routes() {
    return routes;
  }

  @Override
  public void close() {
    store.close();
  }
}
