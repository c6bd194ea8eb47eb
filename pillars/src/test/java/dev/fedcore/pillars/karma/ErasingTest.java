package dev.fedcore.pillars.karma;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything is looked at before somebody is erased, and what comes meanwhile is not missed.
class ErasingTest {

  private static final String ZOE = "zoe@example.org";
  private static final Instant AT = Instant.parse("2026-01-31T10:00:00Z");
  private static final Erasing.Order ORDER =
      new Erasing.Order("default", ZOE, "her letter", "root", AT);

  @TempDir private Path directory;

  private KarmaStore store;

  @BeforeEach
  void open() {
    store = KarmaStore.open(directory, new SecureRandom());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void tell(String user, String note) {
    JsonObject data =
        JsonObject.builder()
            .put("user_id", user)
            .put("action", "theft")
            .put("role", "user")
            .put("note", note)
            .build();
    Telling telling =
        store.tell(
            new Submission(
                "default",
                Optional.empty(),
                EventType.LIFE_EVENT,
                "bucket",
                user,
                data,
                Sha256.hex(data.canonicalBytes()),
                AT,
                true));
    assertThat(telling).isInstanceOf(Telling.Recorded.class);
  }

  private long count(String sql) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory + "/karma.db");
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  @Test
  void what_was_told_after_it_was_looked_for_goes_as_well() throws SQLException {
    tell(ZOE, "first");
    tell("ann", "not hers");
    Erasing.Found found = store.look(ORDER);
    tell(ZOE, "second");
    tell("ZOE@example.org", "of the same person in another spelling");
    tell("ann", "told by zoe@example.org");

    long values = store.erase(ORDER, found);

    assertThat(found).isEqualTo(new Erasing.Found(1, List.of(0L)));
    assertThat(values).isEqualTo(2 + 4);
    assertThat(count("SELECT count(*) FROM person")).isEqualTo(1);
    assertThat(count("SELECT count(*) FROM disclosure WHERE said LIKE '%not hers%'")).isEqualTo(1);
    assertThat(count("SELECT count(*) FROM disclosure WHERE said IS NULL")).isEqualTo(4);
    assertThat(store.replay().replayed().bytes()).isEqualTo(store.replay().kept().bytes());
  }

  @Test
  void who_was_erased_by_another_request_meanwhile_is_not_erased_twice() {
    tell(ZOE, "first");
    Erasing.Found found = store.look(ORDER);

    assertThat(store.erase(ORDER)).isEqualTo(2);
    assertThat(store.erase(ORDER, found)).isZero();
    assertThat(store.size()).isEqualTo(2);
  }

  @Test
  void what_was_looked_at_is_not_looked_at_again_while_others_wait() throws SQLException {
    tell("ann", "not hers");
    Erasing.Found found = store.look(ORDER);
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + directory + "/karma.db");
        var statement = connection.createStatement()) {
      statement.executeUpdate(
          "UPDATE disclosure SET said = CAST('{\"note\":\"zoe@example.org\"}' AS BLOB)");
    }

    assertThat(store.erase(ORDER, found)).isZero();
  }
}
