package dev.fedcore.adapters.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.engine.adapter.Adapter.Lookup;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.adapter.AdapterOutcome.Done;
import dev.fedcore.engine.adapter.AdapterOutcome.InDoubt;
import dev.fedcore.engine.adapter.AdapterOutcome.NotNow;
import dev.fedcore.engine.adapter.AdapterOutcome.Rejected;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.sqlite.StoreRefused;
import dev.fedcore.sqlite.StoreUnavailable;
import dev.fedcore.testing.Allocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EffectJournalTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final JsonObject OUTPUT = JsonObject.builder().put("sent", true).build();
  private static final Intent INTENT = new Intent("key-1", "email", OUTPUT);
  private static final byte[] BYTES = {1, 2, 3};

  @TempDir private Path directory;

  private EffectJournal open() {
    return EffectJournal.open(directory, () -> NOON);
  }

  private static AdapterOutcome never() {
    throw new AssertionError("it was sent again");
  }

  static Stream<AdapterOutcome> outcomes() {
    return Stream.of(
        new Done("ref-1", OUTPUT),
        new Rejected("no", "never"),
        new NotNow("later", "not now"),
        new InDoubt("the line broke"));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void gives_the_same_answer_under_the_same_key_and_sends_nothing(AdapterOutcome outcome) {
    try (var journal = open()) {
      journal.once(INTENT, () -> outcome);
    }

    try (var journal = open()) {
      assertThat(journal.once(INTENT, EffectJournalTest::never)).isEqualTo(outcome);
    }
  }

  @Test
  void knows_nothing_of_what_began_and_did_not_end() {
    try (var journal = open()) {
      assertThatThrownBy(() -> journal.once(INTENT, this::dies)).hasMessage("a part is missing");

      assertThat(journal.find("key-1")).isInstanceOf(Lookup.Unknowable.class);
      assertThat(journal.once(INTENT, EffectJournalTest::never)).isInstanceOf(InDoubt.class);
    }
  }

  private AdapterOutcome dies() {
    throw new NoClassDefFoundError("a part is missing");
  }

  @Test
  void sends_nothing_that_it_cannot_write_down_first() {
    var journal = open();
    journal.close();

    assertThat(journal.once(INTENT, EffectJournalTest::never))
        .isInstanceOfSatisfying(
            NotNow.class, notNow -> assertThat(notNow.code()).isEqualTo("effects_unavailable"));
    assertThat(journal.find("key-1")).isInstanceOf(Lookup.Unknowable.class);
  }

  @Test
  void tells_of_what_was_sent_even_if_it_cannot_write_it_down() {
    var journal = open();
    AdapterOutcome sent =
        journal.once(
            INTENT,
            () -> {
              journal.close();
              return new Done("ref-1", OUTPUT);
            });

    assertThat(sent).isEqualTo(new Done("ref-1", OUTPUT));
    try (var later = open()) {
      assertThat(later.find("key-1")).isInstanceOf(Lookup.Unknowable.class);
    }
  }

  @Test
  void a_dry_run_that_was_interrupted_is_settled_by_its_file() throws SQLException, IOException {
    try (var journal = open()) {
      journal.dryRun(INTENT, ".eml", BYTES);
    }
    forgetTheEnd();

    try (var journal = open()) {
      assertThat(journal.find("key-1")).isEqualTo(new Lookup.Found("outbox/key-1.eml", OUTPUT));
      Files.delete(directory.resolve("outbox/key-1.eml"));
      assertThat(journal.find("key-1")).isEqualTo(new Lookup.Absent());
    }
  }

  private void forgetTheEnd() throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("effects.db"));
        var statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("UPDATE effect SET state = 'BEGUN'")).isEqualTo(1);
    }
  }

  @Test
  void a_dry_run_leaves_its_bytes_as_they_are_and_nothing_beside_them() throws IOException {
    try (var journal = open()) {
      journal.dryRun(INTENT, ".eml", BYTES);
    }

    try (var files = Files.list(directory.resolve("outbox"))) {
      assertThat(files).containsExactly(directory.resolve("outbox/key-1.eml"));
    }
    assertThat(Files.readAllBytes(directory.resolve("outbox/key-1.eml"))).isEqualTo(BYTES);
  }

  @Test
  void a_dry_run_that_finds_no_room_has_not_happened() throws IOException {
    Files.writeString(directory.resolve("outbox"), "in the way");
    try (var journal = open()) {
      assertThat(journal.dryRun(INTENT, ".eml", BYTES))
          .isEqualTo(new NotNow("outbox_unwritable", "the folder outbox takes no file"));
      assertThat(journal.find("key-1")).isEqualTo(new Lookup.Absent());
    }
  }

  @Test
  void no_key_names_a_file_elsewhere() {
    var intent = new Intent("../key-1", "email", OUTPUT);
    try (var journal = open()) {
      assertThatThrownBy(() -> journal.dryRun(intent, ".eml", BYTES))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(directory.resolve("key-1.eml")).doesNotExist();
  }

  @Test
  void forgets_the_files_of_what_begins_so_and_no_other() throws IOException {
    try (var journal = open()) {
      for (String key : List.of("run-1-act-1", "run-10-act-1", "run-2-act-1", "run-3-act-1")) {
        journal.dryRun(new Intent(key, "email", OUTPUT), ".eml", BYTES);
      }

      journal.forget(List.of("run-3-", "run-1-"));
    }

    try (var files = Files.list(directory.resolve("outbox"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("run-10-act-1.eml", "run-2-act-1.eml");
    }
  }

  /// A folder of a thousand files is looked through once, not once for each of a thousand runs.
  @Test
  void looks_for_all_runs_at_once_when_it_forgets() throws IOException {
    Path outbox = Files.createDirectories(directory.resolve("outbox"));
    for (int i = 0; i < 1_000; i++) {
      Files.createFile(outbox.resolve("other-" + i + "-1.eml"));
    }
    List<String> prefixes = IntStream.range(0, 1_000).mapToObj(i -> "run-" + i + "-").toList();

    try (var journal = open()) {
      assertThat(Allocation.of(() -> journal.forget(prefixes))).isLessThan(10_000_000);
    }
  }

  @Test
  void what_happened_outweighs_what_did_not_in_whatever_order_it_is_told() {
    try (var journal = open()) {
      journal.once(INTENT, () -> new InDoubt("the line broke"));

      assertThat(journal.report(said("SENT", true))).isTrue();
      assertThat(journal.report(said("FAILED", false))).isTrue();
      assertThat(journal.report(said("FAILED", false))).as("told again").isFalse();

      assertThat(journal.find("key-1")).isEqualTo(new Lookup.Found("ref-7", OUTPUT));
    }
  }

  @Test
  void a_report_on_what_is_not_in_the_journal_is_not_kept() {
    try (var journal = open()) {
      assertThat(journal.report(said("SENT", true))).isFalse();
    }
  }

  private static Report said(String status, boolean happened) {
    return new Report("key-1", "ref-7", status, happened, JsonObject.EMPTY);
  }

  @Test
  void a_report_that_cannot_be_kept_is_asked_for_again() {
    var journal = open();
    journal.close();

    assertThatThrownBy(() -> journal.report(said("SENT", true)))
        .isInstanceOf(StoreUnavailable.class);
  }

  @Test
  void a_purse_gives_what_is_in_it_and_no_more() {
    try (var journal = open()) {
      assertThat(journal.take("p", 7, 10)).isTrue();
      assertThat(journal.take("p", 4, 10)).isFalse();
      journal.giveBack("p", 1);
      assertThat(journal.take("p", 4, 10)).isTrue();
      assertThat(journal.take("q", 11, 10)).isFalse();
    }
  }

  @Test
  void one_process_at_a_time_writes_it() {
    try (var _ = open()) {
      assertThatThrownBy(this::open).isInstanceOf(StoreRefused.class);
    }
  }
}
