package dev.fedcore.pillars.karma;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.receipt.Commitment;
import dev.fedcore.pillars.served.Document;
import dev.fedcore.pillars.served.Served;
import dev.fedcore.pillars.served.Served.Answer;
import dev.fedcore.pillars.served.SettableClock;
import dev.fedcore.sqlite.Schema;
import dev.fedcore.sqlite.SqliteFile;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file that the first version wrote goes on: its records say people in clear, for ever.
class KarmaVersionOneTest {

  private static final Document DOCUMENT = Document.beside(Karma.class);
  private static final String FIRST =
      """
      {"type":"life_event","source":"bhiv_core","event_id":"e-1",
       "data":{"user_id":"ann","action":"theft","role":"user",
               "note":"took what zoe@example.org had"}}
      """;
  private static final String HELPED =
      """
      {"user_id":"zoe@example.org","action":"helping_peers","role":"learner","source":"bucket",
       "event_id":"zoe@example.org-1","metadata":{"text":"x"}}
      """;
  private static final String ATONED =
      """
      {"user_id":"ann","plan_id":"ann_theft_1","atonement_type":"Daan","amount":10,
       "tx_hash":"0xabc","source":"bhiv_core","event_id":"e-5"}
      """;

  @TempDir private Path directory;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-31T15:00:00Z"));
  private Karma karma;
  private Served served;
  private List<String> written = List.of();

  /// Makes the file as version 1 did, and opens it with this one.
  @BeforeEach
  void open() throws IOException, SQLException {
    var file = new SqliteFile(directory.resolve("karma.db"));
    new Schema(KarmaStore.class, KarmaStore.APPLICATION_ID, "Karma store", List.of("001_karma.sql"))
        .prepare(file);
    try (var rows =
            Objects.requireNonNull(KarmaVersionOneTest.class.getResourceAsStream("version-1.sql"));
        var connection = file.openForWriting();
        var statement = connection.createStatement()) {
      statement.executeUpdate(new String(rows.readAllBytes(), UTF_8));
    }
    written = records();
    assertThat(written).hasSize(6);
    karma = Karma.open(directory, KarmaSettings.DEFAULT, clock);
    served = Served.over(karma.routes(), karma.problems(), DOCUMENT);
  }

  @AfterEach
  void close() {
    served.close();
    karma.close();
  }

  private List<String> records() throws SQLException {
    var found = new ArrayList<String>();
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("karma.db"));
        var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT body FROM event ORDER BY seq")) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private void assertUnchangedAndSame() throws SQLException {
    assertThat(karma.replay()).isEqualTo(karma.kept());
    assertThat(records().subList(0, written.size())).isEqualTo(written);
  }

  private Answer erase(String subject) {
    return served.post(
        "/erasures", "{\"subject\":\"%s\",\"reason\":\"a letter\"}".formatted(subject));
  }

  @Test
  void what_it_kept_is_read_and_replayed_as_before() throws SQLException {
    assertUnchangedAndSame();

    Answer ann = served.get("/api/v1/karma/ann");

    assertThat(ann.text("/plans/0/plan_id")).isEqualTo("ann_theft_1");
    assertThat(ann.text("/changes/0/data/tx_hash")).isEqualTo("0xabc");
    assertThat(ann.text("/changes/2/data/note")).isEqualTo("Workflow execution: täsk \"1\"");
    assertThat(ann.text("/changes/2/data/context/count")).isEqualTo("1e+21");
    assertThat(ann.text("/changes/3/event_id")).isEqualTo("e-1");
    assertThat(served.get("/v1/stats/user/ann", "X-Tenant-Id", "elsewhere").status())
        .isEqualTo(200);
    Answer again = served.post("/v1/event/", FIRST);
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.text("/data/note")).isEqualTo("took what zoe@example.org had");
    assertThat(again.text("/timestamp")).isEqualTo("2026-01-31T10:00:00Z");
    assertThat(served.post("/v1/event/", FIRST.replace("took", "had")).status()).isEqualTo(409);
  }

  @Test
  void what_is_told_now_goes_on_from_what_it_kept() throws SQLException {
    Answer answer = served.post("/v1/atonement/submit", ATONED.replace("e-5", "e-6"));
    served.post("/v1/log-action/", HELPED.replace("zoe@example.org", "new"));

    assertThat(answer.text("/plan/plan_id")).isEqualTo("ann_theft_1");
    assertThat(answer.text("/plan/left/Daan")).isEqualTo("30");
    assertThat(served.get("/api/v1/karma/ann").text("/changes/0/data/tx_hash")).isEqualTo("0xabc");
    assertUnchangedAndSame();
    // The random letters of a commitment may spell what is looked for.
    assertThat(Commitment.ANYWHERE.matcher(records().get(6)).replaceAll(""))
        .contains("\"user_id\":\"ann\"")
        .doesNotContain("0xabc", "e-6");
    assertThat(records().get(7)).contains("\"user_id\":\"sealed:").doesNotContain("\"new");
  }

  @Test
  void what_is_erased_is_shown_no_more_and_stays_in_its_records() throws SQLException {
    assertThat(erase("zoe@example.org").text("/values_erased")).isEqualTo("4");

    assertUnchangedAndSame();
    assertThat(served.get("/v1/stats/user/zoe@example.org").status()).isEqualTo(404);
    assertThat(served.get("/api/v1/karma/ann").text("/changes/3/data/note")).isEqualTo("erased");
    assertThat(served.post("/v1/event/", FIRST).text("/data/note")).isEqualTo("erased");
    assertThat(served.post("/v1/event/", FIRST).text("/data/user_id")).isEqualTo("ann");
    Answer anew = served.post("/v1/log-action/", HELPED);
    assertThat(anew.header("Idempotent-Replayed")).isEmpty();
    assertThat(anew.text("/merit_score")).isEqualTo("12");
    assertThat(records().getLast()).contains("sealed:").doesNotContain("zoe@");
    assertThat(erase("zoe@example.org").text("/values_erased")).isEqualTo("3");
    assertUnchangedAndSame();
  }

  @Test
  void a_repeated_event_of_an_erased_user_names_nobody() throws SQLException {
    erase("ann");
    assertThat(records().getLast()).contains("\"pseudonyms\":[]").doesNotContain("\"ann");
    served.post("/v1/event/", FIRST.replace("e-1", "e-9"));

    Answer again = served.post("/v1/atonement/submit", ATONED);

    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.text("/user_id")).isEqualTo("erased");
    assertThat(again.text("/plan/plan_id")).isEqualTo("erased");
    assertThat(served.get("/v1/stats/user/ann").text("/total_actions")).isEqualTo("1");
    assertThat(served.get("/v1/stats/user/ann", "X-Tenant-Id", "elsewhere").status())
        .isEqualTo(200);
    assertUnchangedAndSame();
  }
}
