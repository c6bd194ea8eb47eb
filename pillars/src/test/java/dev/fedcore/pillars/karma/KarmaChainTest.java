package dev.fedcore.pillars.karma;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.receipt.Commitment;
import dev.fedcore.pillars.karma.people.Salt;
import dev.fedcore.sqlite.Row;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What stands in the file: hashed records that say nothing of people, and beside them what their
/// commitments are to.
class KarmaChainTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final String DEEDS = "{'user_id':'ann','action':'theft','role':'user'%s}";

  @TempDir private Path directory;

  private static JsonObject json(String text) {
    return JsonReader.readObject(text.replace('\'', '"').getBytes(UTF_8), JsonLimits.DEFAULT);
  }

  private static Submission submission(String user, String id, JsonObject data) {
    return new Submission(
        "default",
        Optional.of(id),
        EventType.LIFE_EVENT,
        "bucket",
        user,
        data,
        Sha256.hex(data.canonicalBytes()),
        START,
        true);
  }

  private static Erasing.Order order(String subject) {
    return new Erasing.Order("default", subject, "a letter", "root", START);
  }

  private <T> List<T> rows(String sql, Row<T> row) throws SQLException {
    var found = new ArrayList<T>();
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("karma.db"));
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(row.read(rows));
      }
    }
    return found;
  }

  private static String at(JsonObject record, String pointer) {
    return ((JsonString) JsonPointers.find(record, pointer).orElseThrow()).value();
  }

  @Test
  void whoever_has_the_salt_and_the_value_can_make_each_commitment_again() throws SQLException {
    JsonObject data =
        json(
            DEEDS.formatted(
                ",'note':'words','context':{'b':1,'a':[true]},'metadata':{'n':0.5}"
                    + ",'event_id':'e'"));
    try (var store = KarmaStore.open(directory, new SecureRandom())) {
      store.tell(submission("ann", "e", data));
    }

    record Written(JsonObject event, String eventId, Salt salt, JsonObject said) {}

    Written written =
        rows(
                "SELECT body, d.event_id, salt, said FROM event JOIN disclosure d USING (seq)",
                row ->
                    new Written(
                        json(row.getString(1)),
                        row.getString(2),
                        Salt.of(row.getBytes(3)),
                        json(row.getString(4))))
            .getFirst();
    JsonObject event = written.event();
    assertThat(at(event, "/format")).isEqualTo("fedcore.karma/v2");
    assertThat(at(event, "/event_id"))
        .isEqualTo(Commitment.of(written.salt().bytes(), written.eventId()));
    assertThat(at(event, "/data/event_id")).isEqualTo(at(event, "/event_id"));
    assertThat(written.eventId()).isEqualTo("e");
    for (String name : List.of("note", "context", "metadata")) {
      JsonValue value = written.said().get(name).orElseThrow();
      assertThat(value).isEqualTo(data.get(name).orElseThrow());
      assertThat(at(event, "/data/" + name))
          .isEqualTo(Commitment.ofCanonical(written.salt().bytes(), value.canonicalBytes()));
    }
    assertThat(at(event, "/body_hash"))
        .isEqualTo(Commitment.of(written.salt().bytes(), Sha256.hex(data.canonicalBytes())));
    byte[] salt = rows("SELECT salt FROM person", row -> row.getBytes(1)).getFirst();
    assertThat(at(event, "/data/user_id")).isEqualTo(Commitment.of(salt, "ann")).hasSize(50);
    assertThat(at(event, "/data/action")).isEqualTo("theft");
    assertThat(
            rows("SELECT user_id FROM event UNION SELECT user_id FROM member", r -> r.getString(1)))
        .containsExactly(at(event, "/data/user_id"));
  }

  @Test
  void the_entry_of_an_erasure_says_how_much_went_and_seals_who_asked_and_why()
      throws SQLException {
    try (var store = KarmaStore.open(directory, new SecureRandom())) {
      store.tell(submission("ann", "e", json(DEEDS.formatted(",'note':'words'"))));
      assertThat(store.erase(order("ann"))).isEqualTo(2);
    }

    JsonObject told = records().getFirst();
    JsonObject entry = records().getLast();
    assertThat(at(entry, "/event_type")).isEqualTo("erasure");
    assertThat(at(entry, "/source")).isEqualTo("fedcore");
    assertThat(at(entry, "/data/pseudonyms/0")).isEqualTo(at(told, "/data/user_id"));
    assertThat(JsonPointers.find(entry, "/data/values_erased").orElseThrow().canonicalBytes())
        .asString()
        .isEqualTo("2");
    assertThat(at(entry, "/data/reason")).startsWith("sealed:");
    assertThat(at(entry, "/data/by")).startsWith("sealed:");
    assertThat(
            rows("SELECT said FROM disclosure ORDER BY seq DESC", row -> row.getString(1))
                .getFirst())
        .contains("\"by\":\"root\"", "\"reason\":\"a letter\"");
  }

  private List<JsonObject> records() throws SQLException {
    return rows("SELECT body FROM event ORDER BY seq", row -> json(row.getString(1)));
  }

  @Test
  void words_are_erased_however_many_events_hold_them() throws SQLException {
    try (var store = KarmaStore.open(directory, new SecureRandom())) {
      for (int i = 0; i < 1_201; i++) {
        String note = i % 3 == 0 ? "for zoe@example.org" : "for nobody";
        JsonObject data = json(DEEDS.formatted(",'note':'" + note + "'"));
        store.tell(submission("ann", "e-" + i, data));
      }

      assertThat(store.erase(order("zoe@example.org"))).isEqualTo(401);
      assertThat(store.replay().replayed()).isEqualTo(store.replay().kept());
    }
    assertThat(
            rows(
                "SELECT seq FROM disclosure WHERE said IS NULL AND salt IS NULL",
                r -> r.getLong(1)))
        .hasSize(401)
        .allMatch(seq -> seq % 3 == 0);
  }

  @Test
  void of_many_spellings_of_an_address_none_is_left() throws SQLException {
    try (var store = KarmaStore.open(directory, new SecureRandom())) {
      for (int i = 0; i < 600; i++) {
        String user = "mailto:zoe@example.org?" + i;
        store.tell(submission(user, "e-" + i, json(DEEDS.formatted("").replace("ann", user))));
      }

      store.erase(order("ZOE@example.org"));
      assertThat(store.replay().replayed()).isEqualTo(store.replay().kept());
    }
    assertThat(rows("SELECT user_id FROM person", row -> row.getString(1))).isEmpty();
    assertThat(records().getLast().toString()).doesNotContain("zoe@");
  }
}
