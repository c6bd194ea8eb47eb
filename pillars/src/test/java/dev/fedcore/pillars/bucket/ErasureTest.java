package dev.fedcore.pillars.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fedcore.pillars.bucket.store.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Taking away what entries say of one person.
class ErasureTest {

  private static final String ZOE = "zoe@example.org";
  private static final String WORKFLOW = "/core/events?requester_id=auditor&product_id=workflow";
  private static final String OWN = "/audit/recent?requester_id=auditor&product_id=bucket";

  @TempDir private Path directory;

  private static Served.Answer erase(Served served, String subject, String... headers) {
    String body = "{\"subject\":\"%s\",\"reason\":\"her letter\"}".formatted(subject);
    return served.post("/erasures", body, headers);
  }

  private static Served.Answer about(Served served, String user, String id) {
    String event =
        Served.event("t").replace("\"action_type\"", "\"user_id\":\"%s\",\"action_type\"");
    return served.post(
        "/core/write-event",
        event
            .formatted(user)
            .replace("\"requester_id\"", "\"event_id\":\"%s\",\"requester_id\"".formatted(id)));
  }

  private static void packet(Served served, String user) {
    var answer =
        served.post(
            "/bucket/prana/ingest",
            """
            {"requester_id":"prana_core","user_id":"%s","session_id":"s-1","system_type":"ems",\
            "role":"employee","timestamp":"2026-01-31T10:00:00Z","cognitive_state":"ON_TASK",\
            "active_seconds":5,"idle_seconds":0,"away_seconds":0,"focus_score":88}\
            """
                .formatted(user));
    assertThat(answer.status()).isEqualTo(200);
  }

  private void requireSound(Served served) {
    assertThat(served.bucket().verify()).allMatch(Verification::isSound);
  }

  private String files() throws IOException {
    var all = new StringBuilder();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }

  @Test
  void takes_every_entry_that_names_the_person_and_no_other_and_leaves_an_entry()
      throws IOException {
    try (var served = Served.in(directory)) {
      about(served, ZOE, "e-1");
      about(served, "adam", "e-2");
      String hash = served.get(WORKFLOW).text("/events/0/event_hash");
      assertThat(files()).contains(ZOE);

      var answer = erase(served, ZOE);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text("/values_erased")).isEqualTo("1");
      assertThat(answer.text("/files_rewritten")).isEqualTo("true");
      assertThat(files()).doesNotContain(ZOE).contains("adam");
      var page = served.get(WORKFLOW);
      assertThat(page.text("/events/0/content_erased")).isEqualTo("true");
      assertThat(page.text("/events/0/event_hash")).isEqualTo(hash);
      assertThat(page.text("/events/1/user_id")).isEqualTo("adam");
      assertThat(served.get(OWN).text("/entries/0/operation_type")).isEqualTo("ERASURE");
      assertThat(served.get(OWN).text("/entries/0/reason")).isEqualTo("her letter");
      assertThat(served.get(OWN).text("/entries/0/erased_entries"))
          .isEqualTo("{\"audit\":[],\"event\":[0]}");
      requireSound(served);
    }
  }

  @Test
  void takes_packets_with_their_user_and_what_was_counted_of_them() throws IOException {
    try (var served = Served.in(directory)) {
      packet(served, "zoe.z");
      packet(served, "adam");

      assertThat(erase(served, "zoe.z").text("/values_erased")).isEqualTo("1");

      assertThat(files()).doesNotContain("zoe.z");
      String prana = "/bucket/prana/";
      String reader = "?requester_id=prana_core&system_type=ems";
      assertThat(served.get(prana + "user/zoe.z" + reader).text("/total_packets")).isEqualTo("0");
      assertThat(served.get(prana + "user/adam" + reader).text("/total_packets")).isEqualTo("1");
      assertThat(served.get(prana + "stats" + reader).text("/packets_analysed")).isEqualTo("1");
      requireSound(served);
    }
  }

  @Test
  void takes_audit_entries_of_a_requester_with_its_name() throws IOException {
    try (var served = Served.in(directory)) {
      served.get("/core/events?requester_id=zoe.z&product_id=workflow");
      assertThat(files()).contains("zoe.z");

      assertThat(erase(served, "zoe.z").text("/values_erased")).isEqualTo("1");

      assertThat(files()).doesNotContain("zoe.z").doesNotContain("zoe@");
      assertThat(served.get(OWN).text("/entries/0/content_erased")).isEqualTo("true");
      requireSound(served);
    }
  }

  @Test
  void an_erased_events_id_stays_used_unless_it_names_the_person() throws IOException {
    try (var served = Served.in(directory)) {
      about(served, ZOE, "e-1");
      about(served, "somebody", "of:" + ZOE);
      erase(served, ZOE);
      assertThat(files()).doesNotContain(ZOE);

      var again = about(served, ZOE, "e-1");
      assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
      assertThat(again.text("/seq")).isEqualTo("0");
      assertThat(about(served, "somebody", "of:" + ZOE).text("/seq")).isEqualTo("2");
    }
  }

  @Test
  void a_second_time_finds_nothing_and_writes_nothing() {
    try (var served = Served.in(directory)) {
      about(served, ZOE, "e-1");
      erase(served, ZOE, "X-Actor-Id", ZOE);
      String before = served.get(OWN).text("/count");

      assertThat(erase(served, ZOE, "X-Actor-Id", ZOE).text("/values_erased")).isEqualTo("0");
      assertThat(served.get(OWN).text("/count")).isEqualTo(before);
    }
  }

  @Test
  void a_reason_that_names_the_person_does_not_keep_the_name() throws IOException {
    try (var served = Served.in(directory)) {
      about(served, ZOE, "e-1");
      about(served, "zoe.z", "e-2");
      for (String subject : List.of(ZOE, "zoe.z")) {
        served.post(
            "/erasures",
            "{\"subject\":\"%1$s\",\"reason\":\"letter of %1$s, dated\"}".formatted(subject));
      }

      assertThat(files()).doesNotContain("zoe.z").doesNotContain("zoe@");
      assertThat(served.get(OWN).text("/entries/0/reason")).isEqualTo("letter of erased, dated");
      assertThat(served.get(OWN).text("/entries/1/reason")).isEqualTo("letter of erased, dated");
    }
  }

  @Test
  void an_address_goes_in_any_case_of_letters_also_where_it_is_a_requester() throws IOException {
    try (var served = Served.in(directory)) {
      served.get("/core/events?requester_id=Zoe@Example.ORG&product_id=workflow");
      assertThat(files()).contains("Zoe@Example.ORG");

      assertThat(erase(served, ZOE, "X-Actor-Id", "ZOE@example.org").text("/values_erased"))
          .isEqualTo("1");

      assertThat(files()).doesNotContainIgnoringCase(ZOE);
      requireSound(served);
    }
  }

  @Test
  void another_tenants_entries_stay() throws IOException {
    try (var served = Served.in(directory)) {
      about(served, ZOE, "e-1");

      assertThat(erase(served, ZOE, "X-Tenant-Id", "acme").text("/values_erased")).isEqualTo("0");
      assertThat(files()).contains(ZOE);
    }
  }

  @Test
  void more_than_one_lot_is_taken_whole() throws IOException {
    try (var served = Served.in(directory)) {
      for (int i = 0; i < 700; i++) {
        about(served, i % 100 == 0 ? "adam" : ZOE, "e-" + i);
      }
      assertThat(erase(served, ZOE).text("/values_erased")).isEqualTo("693");
      assertThat(files()).doesNotContain(ZOE);
      assertThat(served.get(OWN).text("/count")).isEqualTo("2");
      requireSound(served);
    }
  }

  @Test
  void a_chain_that_is_walked_while_people_are_erased_is_sound_all_the_time() throws Exception {
    try (var served = Served.in(directory);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 400; i++) {
        about(served, "user" + i, "e-" + i);
      }
      erase(served, "user0");
      Future<?> erasing =
          threads.submit(() -> {
            for (int i = 399; i > 330; i--) {
              erase(served, "user" + i);
            }
          });
      do {
        requireSound(served);
      } while (!erasing.isDone());
      erasing.get();
      requireSound(served);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"reason\":\"r\"}",
        "{\"subject\":\"\",\"reason\":\"r\"}",
        "{\"subject\":\"anonymous\",\"reason\":\"r\"}",
        "{\"subject\":7,\"reason\":\"r\"}"
      })
  void a_subject_that_is_nobody_is_refused_by_name(String body) {
    try (var served = Served.in(directory)) {
      var answer = served.post("/erasures", body);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).contains("/subject");
    }
  }

  @Nested
  class Tampering {

    private Verification.Break found(int chain) {
      try (var served = Served.in(directory)) {
        return served.bucket().verify().get(chain).broken().orElseThrow();
      }
    }

    private void execute(String sql) throws SQLException {
      try (var connection =
              DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("bucket.db"));
          var statement = connection.createStatement()) {
        statement.executeUpdate(sql);
      }
    }

    private void written() {
      try (var served = Served.in(directory)) {
        about(served, ZOE, "e-1");
        about(served, "adam", "e-2");
      }
    }

    @Test
    void content_that_is_gone_without_an_erasure_is_found() throws SQLException {
      written();
      execute("UPDATE event SET content = NULL, salt = NULL WHERE seq = 1");
      assertThat(found(0).what()).contains("no erasure says so");
    }

    @Test
    void content_that_was_changed_is_found() throws SQLException {
      written();
      execute(
          "DROP TRIGGER event_is_never_changed;"
              + "UPDATE event SET content = CAST(replace(CAST(content AS TEXT), 'adam', 'eve!')"
              + " AS BLOB) WHERE seq = 1");
      assertThat(found(0))
          .isEqualTo(new Verification.Break(1, "its content is not the one that was hashed"));
    }

    @Test
    void an_erasure_whose_numbers_were_changed_is_found() throws SQLException {
      written();
      try (var served = Served.in(directory)) {
        erase(served, ZOE);
      }
      execute(
          "DROP TRIGGER audit_is_never_changed;"
              + "UPDATE audit SET body = CAST(replace(CAST(body AS TEXT), '[0]', '[1]') AS BLOB)");
      assertThat(found(0).what()).contains("no erasure says so");
      assertThat(found(1).what()).contains("hash");
    }

    @Test
    void an_entry_under_another_tenant_is_found() throws SQLException {
      written();
      execute("DROP TRIGGER event_is_never_changed; UPDATE event SET tenant = 'acme'");
      assertThat(found(0).what()).contains("tenant");
    }

    @Test
    void the_file_lets_content_go_and_nothing_else() {
      written();
      for (String change :
          List.of(
              "content = 'other'",
              "content = NULL, salt = NULL, product = 'x'",
              "content = NULL, salt = NULL, body = 'x'",
              "content = NULL",
              "requester = 'x'")) {
        assertThat(catchThrowable(() -> execute("UPDATE event SET " + change)))
            .as(change)
            .isInstanceOf(SQLException.class);
      }
    }
  }
}
