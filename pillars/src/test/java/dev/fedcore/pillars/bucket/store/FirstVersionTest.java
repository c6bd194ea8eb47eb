package dev.fedcore.pillars.bucket.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.erasure.Mentions;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.sqlite.Schema;
import dev.fedcore.sqlite.Store;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file that the first version made is read, verified and written on.
class FirstVersionTest {

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-01-31T10:00:00Z"));

  /// As the first version wrote it.
  private static final String EVENT =
      """
      {"event_id":"e-1","event_type":"task_error","event_version":"1.0",\
      "prev":"c7328a0551573c9158b95275b4e094b9472e449c463ed3e8a77386a2d5eb6f01",\
      "product_id":"ems","requester_id":"bhiv_core","requester_identity":"stated","seq":0,\
      "timestamp":"2026-01-31T09:00:00.000000Z","user_id":"zoe"}\
      """;

  @TempDir private Path directory;

  private void written() {
    var schema = new Schema(BucketStore.class, 0x4643424b, "bucket", List.of("001_bucket.sql"));
    try (Store<Connection> store =
        Store.open(directory.resolve(BucketStore.FILE), schema, connection -> connection)) {
      store.write(
          "write as the first version did",
          2,
          connection -> {
            try (var insert =
                connection.prepareStatement(
                    "INSERT INTO event VALUES (0, 'ems', 'bhiv_core', 'e-1', 'task_error', NULL,"
                        + " NULL, ?, ?, ?)")) {
              byte[] body = EVENT.getBytes(StandardCharsets.UTF_8);
              insert.setString(1, "1".repeat(64));
              insert.setString(2, Sha256.hex(body));
              insert.setBytes(3, body);
              insert.executeUpdate();
            }
            try (var statement = connection.createStatement()) {
              return statement.executeUpdate("INSERT INTO product VALUES ('ems', 1, 0, 300)");
            }
          });
    }
  }

  private BucketStore opened() {
    return BucketStore.open(
        directory, new Quota(1 << 30, Map.of(), 100), CLOCK, () -> new byte[32]);
  }

  private static Draft draft(String user) {
    JsonObject members =
        JsonObject.builder().put("requester_id", "bhiv_core").put("user_id", user).build();
    var columns =
        new Draft.Columns(
            "ems",
            "default",
            "bhiv_core",
            Optional.empty(),
            "task_error",
            Optional.empty(),
            Optional.empty());
    return new Draft(Chain.EVENTS, columns, members, members);
  }

  @Test
  void its_entries_are_shown_as_they_are_and_the_chain_goes_on_after_them() {
    written();
    try (BucketStore store = opened()) {
      store.append(List.of(draft("ann")));

      List<Kept> page = store.page(Chain.EVENTS, "ems", Filter.ALL, Long.MAX_VALUE, 10);
      assertThat(new String(page.getFirst().shown(), StandardCharsets.UTF_8)).isEqualTo(EVENT);
      assertThat(page.getFirst().isErased()).isFalse();
      assertThat(store.verify(Chain.EVENTS).isSound()).isTrue();
      assertThat(store.verify(Chain.EVENTS).entries()).isEqualTo(2);
    }
  }

  @Test
  void says_people_in_clear_for_ever() {
    written();
    try (BucketStore store = opened()) {
      store.append(List.of(draft("zoe")));
      var columns =
          new Draft.Columns(
              "bucket",
              "default",
              "admin",
              Optional.empty(),
              Erasing.OPERATION,
              Optional.empty(),
              Optional.empty());
      JsonObject members = JsonObject.builder().put("requester_id", "admin").build();

      long erased = store.erase(new Erasing(new Mentions("zoe"), columns, members));

      assertThat(erased).isEqualTo(1);
      List<Kept> page = store.page(Chain.EVENTS, "ems", Filter.ALL, Long.MAX_VALUE, 10);
      assertThat(page).extracting(Kept::isErased).containsExactly(false, true);
      assertThat(store.verify(Chain.EVENTS).isSound()).isTrue();
      assertThat(store.verify(Chain.AUDIT).isSound()).isTrue();
    }
  }
}
