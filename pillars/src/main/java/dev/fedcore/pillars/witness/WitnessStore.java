package dev.fedcore.pillars.witness;

import dev.fedcore.evidence.note.Cosigner;
import dev.fedcore.sqlite.Schema;
import dev.fedcore.sqlite.Store;
import dev.fedcore.sqlite.StoreRefused;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The file `witness.db`: what a witness has cosigned. Safe for use by many threads.
///
/// It belongs to one key. A key whose memory is lost must not cosign again, since it could be shown
/// another past: so a missing file is not made anew, but refused.
final class WitnessStore implements AutoCloseable {

  private static final String FILE = "witness.db";

  /// The letters FCWI.
  private static final int APPLICATION_ID = 0x46435749;

  private static final Schema SCHEMA =
      new Schema(
          WitnessStore.class, APPLICATION_ID, "witness's memory", List.of("001_witness.sql"));

  private static final String VKEY =
      """
      SELECT vkey
        FROM identity
      """;

  private static final String NOTE =
      """
      SELECT note
        FROM log
       WHERE origin = ?
      """;

  private final Store<WitnessSession> store;

  private WitnessStore(Store<WitnessSession> store) {
    this.store = store;
  }

  static boolean isIn(Path directory) {
    return Files.exists(directory.resolve(FILE));
  }

  static WitnessStore make(Path directory, String vkey) {
    var made = new WitnessStore(Store.open(directory.resolve(FILE), SCHEMA, WitnessSession::new));
    made.store.write("name the witness", WitnessSession.ROWS, session -> session.name(vkey));
    return made.requireOwnedBy(vkey, directory);
  }

  static WitnessStore open(Path directory, String vkey) {
    if (!isIn(directory)) {
      throw new StoreRefused(
          "%s has no %s: a witness that has forgotten what it cosigned must not cosign again; "
                  .formatted(directory, FILE)
              + "put the file back, or make a witness with a new key");
    }
    var opened = new WitnessStore(Store.open(directory.resolve(FILE), SCHEMA, WitnessSession::new));
    return opened.requireOwnedBy(vkey, directory);
  }

  private WitnessStore requireOwnedBy(String vkey, Path directory) {
    Optional<String> owner = store.first("read whose memory it is", VKEY, row -> row.getString(1));
    if (!owner.equals(Optional.of(vkey))) {
      close();
      throw new StoreRefused(
          "%s is the memory of %s, not of %s: a witness has one key and one directory"
              .formatted(directory, owner.orElse("nobody"), vkey));
    }
    return this;
  }

  WitnessSession.Answer judge(WitnessSession.Submission submission, Cosigner cosigner) {
    return store.write(
        "remember a checkpoint",
        WitnessSession.ROWS,
        session -> session.judge(submission, cosigner));
  }

  /// The newest checkpoint of a log, with its cosignature.
  Optional<String> note(String origin) {
    return store.first("read a checkpoint", NOTE, row -> row.getString(1), origin);
  }

  @Override
  public void close() {
    store.close();
  }
}
