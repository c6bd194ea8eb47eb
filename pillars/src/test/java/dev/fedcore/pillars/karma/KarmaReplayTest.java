package dev.fedcore.pillars.karma;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.pillars.karma.rules.Deed;
import dev.fedcore.testing.ForAll;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is kept beside the events is what follows from them.
class KarmaReplayTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int EVENTS = 2_000;

  @TempDir private Path directory;

  @Test
  void thousands_of_events_and_erasures_replayed_give_the_same_bytes_also_after_a_restart() {
    var random = new SplittableRandom(7);
    Tally.Counts counted;
    try (var store = KarmaStore.open(directory, new SecureRandom())) {
      tellMany(store, random, EVENTS);

      assertThat(store.size()).isGreaterThan(EVENTS / 2);
      assertSame(store);
      counted = store.counts("default");
      assertThat(counted.members().size()).isGreaterThan(1);
    }
    try (var store = KarmaStore.open(directory, new SecureRandom())) {
      assertSame(store);
      assertThat(store.counts("default").events()).isEqualTo(counted.events());
      assertThat(store.counts("default").members()).isEqualTo(counted.members());
      tellMany(store, random, 50);
      assertSame(store);
    }
  }

  @Test
  void the_same_events_told_again_change_nothing() {
    try (var store = KarmaStore.open(directory, new SecureRandom())) {
      for (int round = 0; round < 2; round++) {
        var random = new SplittableRandom(11);
        Instant at = START;
        for (int i = 0; i < 200; i++) {
          at = at.plusSeconds(60);
          store.tell(anything(random, at, Optional.of("event-" + i)));
        }
      }

      assertThat(store.size()).isLessThanOrEqualTo(200);
      assertSame(store);
    }
  }

  @Test
  void a_clock_that_runs_back_does_not_turn_time_round() {
    try (var store = KarmaStore.open(directory, new SecureRandom())) {
      var random = new SplittableRandom(3);
      store.tell(life(random, START.plus(Duration.ofDays(10)), Optional.of("later")));
      Telling second = store.tell(life(random, START, Optional.of("earlier")));

      assertThat(((Telling.Recorded) second).answer().get("timestamp").orElseThrow().toString())
          .contains("2026-01-11T00:00:00Z");
      assertSame(store);
    }
  }

  @Test
  void whoever_asks_how_much_there_is_does_not_make_the_store_count() throws SQLException {
    try (var store = KarmaStore.open(directory, new SecureRandom())) {
      store.tell(life(new SplittableRandom(3), START, Optional.of("once")));
      try (var connection = DriverManager.getConnection(url());
          var sql = connection.createStatement()) {
        sql.executeUpdate("INSERT INTO member SELECT 9, tenant, 'x', role, body FROM member");
      }

      var counts = Stream.of("default", "elsewhere").map(store::counts).toList();
      assertThat(counts).flatExtracting(known -> known.members().values()).containsExactly(1L);
      assertThat(counts).flatExtracting(known -> known.events().values()).containsExactly(1L);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE event SET user_id = 'eve'",
        "DELETE FROM event",
        "DELETE FROM event WHERE seq = 0"
      })
  void nobody_changes_or_removes_an_event(String statement) throws SQLException {
    try (var store = KarmaStore.open(directory, new SecureRandom())) {
      tellMany(store, new SplittableRandom(5), 20);
    }

    try (var connection = DriverManager.getConnection(url());
        var sql = connection.createStatement()) {
      assertThatThrownBy(() -> sql.executeUpdate(statement))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("an event is never");
    }
  }

  @Test
  void whoever_gets_past_the_triggers_is_found_out() throws SQLException {
    try (var store = KarmaStore.open(directory, new SecureRandom())) {
      tellMany(store, new SplittableRandom(5), 20);
    }
    try (var connection = DriverManager.getConnection(url());
        var sql = connection.createStatement()) {
      sql.executeUpdate("DROP TRIGGER event_is_never_changed");
      sql.executeUpdate(
          """
          UPDATE event
             SET body = CAST(replace(CAST(body AS TEXT), '"tracked":', '"tracked" :') AS BLOB)
           WHERE seq = 3
          """);
    }

    try (var store = KarmaStore.open(directory, new SecureRandom())) {
      assertThatThrownBy(() -> store.replay().replayed())
          .isInstanceOf(KarmaCorrupted.class)
          .hasMessageContaining("event 3 is not the one that was kept there");
    }
  }

  private String url() {
    return "jdbc:sqlite:" + directory.resolve("karma.db");
  }

  private static void assertSame(KarmaStore store) {
    assertThat(store.replay().replayed().bytes()).isEqualTo(store.replay().kept().bytes());
  }

  private static void tellMany(KarmaStore store, RandomGenerator random, int count) {
    Instant at = START;
    for (int i = 0; i < count; i++) {
      at = at.plus(random.nextLong(1, 5_000_000_000L), ChronoUnit.MICROS);
      store.tell(anything(random, at, Optional.empty()));
      if (random.nextInt(100) == 0) {
        store.erase(new Erasing.Order("default", user(random), "asked", "root", at));
      }
    }
  }

  private static Submission anything(RandomGenerator random, Instant at, Optional<String> eventId) {
    return switch (random.nextInt(13)) {
      case 0 -> submission(random, at, eventId, EventType.APPEAL, appeal(random));
      case 1, 2 -> submission(random, at, eventId, EventType.ATONEMENT, atonement(random));
      case 4 -> submission(random, at, eventId, EventType.REDEMPTION, redemption(random));
      case 3 ->
          submission(
              random,
              at,
              eventId,
              random.nextInt(8) == 0 ? EventType.DEATH_EVENT : EventType.STATS_REQUEST,
              JsonObject.builder().put("user_id", user(random)));
      default -> life(random, at, eventId);
    };
  }

  private static Submission life(RandomGenerator random, Instant at, Optional<String> eventId) {
    var data =
        JsonObject.builder()
            .put("user_id", user(random))
            .put("action", Deed.TEXTS.get(random.nextInt(Deed.TEXTS.size())))
            .put("role", ForAll.oneOf(random, "user", "user", "learner", "guru"));
    return submission(random, at, eventId, EventType.LIFE_EVENT, data);
  }

  private static JsonObject.Builder appeal(RandomGenerator random) {
    return JsonObject.builder()
        .put("user_id", user(random))
        .put("action", ForAll.oneOf(random, "cheat", "theft", "false_speech", "violence"));
  }

  private static JsonObject.Builder atonement(RandomGenerator random) {
    String userId = user(random);
    String offence = ForAll.oneOf(random, "cheat", "theft", "false_speech", "violence");
    return JsonObject.builder()
        .put("user_id", userId)
        .put("plan_id", "%s_%s_%d".formatted(userId, offence, random.nextInt(1, 6)))
        .put("atonement_type", ForAll.oneOf(random, "Jap", "Tap", "Bhakti", "Daan"))
        .put("amount", 20_000)
        .put("tx_hash", "0x1");
  }

  private static JsonObject.Builder redemption(RandomGenerator random) {
    return JsonObject.builder()
        .put("user_id", user(random))
        .put("token", ForAll.oneOf(random, "DharmaPoints", "SevaPoints", "PunyaTokens"))
        .put("amount", random.nextInt(1, 30));
  }

  private static String user(RandomGenerator random) {
    return ForAll.oneOf(random, "ann", "ben", "cleo", "dürer");
  }

  private static Submission submission(
      RandomGenerator random,
      Instant at,
      Optional<String> eventId,
      EventType type,
      JsonObject.Builder data) {
    JsonObject built = data.build();
    return new Submission(
        ForAll.oneOf(random, "default", "default", "elsewhere"),
        eventId,
        type,
        ForAll.oneOf(random, "bucket", "bhiv_core"),
        ((JsonString) built.get("user_id").orElseThrow()).value(),
        built,
        Sha256.hex(built.canonicalBytes()),
        at,
        random.nextInt(20) > 0);
  }
}
