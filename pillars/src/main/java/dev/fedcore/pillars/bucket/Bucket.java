package dev.fedcore.pillars.bucket;

import dev.fedcore.evidence.receipt.Commitment;
import dev.fedcore.http.Route;
import dev.fedcore.pillars.bucket.api.BucketApi;
import dev.fedcore.pillars.bucket.api.BucketFacts;
import dev.fedcore.pillars.bucket.governance.BucketLimits;
import dev.fedcore.pillars.bucket.store.BucketStore;
import dev.fedcore.pillars.bucket.store.Chain;
import dev.fedcore.pillars.bucket.store.Quota;
import dev.fedcore.pillars.bucket.store.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/// Bucket as a whole: its file, its rules and its routes. Whoever listens passes requests on.
///
/// Safe for use by many threads. An event is durable, and visible to every read, when it is
/// acknowledged.
public final class Bucket implements AutoCloseable {

  /// The environment variable that switches `/workflow/write-event` off when it is `false`.
  public static final String WORKFLOW_EVENTS_VARIABLE = "WORKFLOW_EVENTS_ENABLED";

  private static final SecureRandom RANDOM = new SecureRandom();

  private final BucketStore store;
  private final BucketApi api;

  private Bucket(BucketStore store, BucketApi api) {
    this.store = store;
    this.api = api;
  }

  /// Opens `bucket.db` in `directory`, and makes both when there are none.
  ///
  /// @param clock gives the time of entries
  /// @param settings whether stated names are believed, and what is switched on
  /// @throws dev.fedcore.sqlite.StoreRefused if another process has the file, or a newer program
  ///   made it
  /// @throws dev.fedcore.sqlite.StoreUnavailable if the disk does not answer
  public static Bucket open(
      Path directory, BucketLimits limits, InstantSource clock, BucketApi.Settings settings) {
    var quota = new Quota(limits.haltBytes(), limits.productBytes(), limits.productsMax());
    BucketStore store = BucketStore.open(directory, quota, clock, Bucket::salt);
    return new Bucket(store, new BucketApi(store, limits, clock, settings, openApi()));
  }

  /// The operations, to be listened for on port 8001.
  public List<Route> routes() {
    return api.routes();
  }

  /// The numbers of this moment, for meters.
  ///
  /// @throws dev.fedcore.sqlite.StoreUnavailable if the file does not answer
  public BucketFacts facts() {
    return api.facts();
  }

  /// Walks along both chains, the events first. Takes time linear in their length.
  public List<Verification> verify() {
    return List.of(store.verify(Chain.EVENTS), store.verify(Chain.AUDIT));
  }

  /// Finishes what was begun and closes the file.
  @Override
  public void close() {
    store.close();
  }

  private static byte[] salt() {
    byte[] salt = new byte[Commitment.SALT_BYTES];
    RANDOM.nextBytes(salt);
    return salt;
  }

  private static byte[] openApi() {
    try (var stream =
        Objects.requireNonNull(Bucket.class.getResourceAsStream("openapi.json"), "openapi.json")) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
