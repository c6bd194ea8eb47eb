package dev.fedcore.pillars.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.pillars.bucket.Served.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What PRANA tells Bucket, and what it comes to.
class PranaTest {

  private static final String INGEST = "/bucket/prana/ingest";
  private static final String READER = "?requester_id=auditor_ann&system_type=gurukul";

  @TempDir private Path directory;

  private Served served;

  @BeforeEach
  void serve() {
    served = Served.in(directory);
  }

  @AfterEach
  void close() {
    served.close();
  }

  private static String packet(String user, String state, double active, int focus, String more) {
    return """
    {"requester_id":"prana_core","user_id":"%s","session_id":"s-1","system_type":"gurukul",\
    "role":"student","timestamp":"2026-01-31T10:00:00Z","cognitive_state":"%s",\
    "active_seconds":%s,"idle_seconds":%s,"away_seconds":0,"focus_score":%d%s}\
    """
        .formatted(user, state, active, 5 - active, focus, more);
  }

  private Answer told(String user, String state, double active, int focus) {
    return served.post(INGEST, packet(user, state, active, focus, ""));
  }

  @Test
  void a_packet_is_an_event_of_the_chain_with_the_servers_time() {
    assertThat(told("asha", "ON_TASK", 5, 95).text("/count")).isEqualTo("1");

    Answer page = served.get("/bucket/prana/packets" + READER + "&user_id=asha");
    assertThat(page.text("/showing")).isEqualTo("1");
    assertThat(page.text("/packets/0/event_type")).isEqualTo("prana_packet");
    assertThat(page.text("/packets/0/claimed/timestamp")).isEqualTo("2026-01-31T10:00:00Z");
    assertThat(page.text("/packets/0/timestamp")).isNotEqualTo("2026-01-31T10:00:00Z");
    assertThat(served.get("/core/events/verify?requester_id=auditor_ann").text("/sound"))
        .isEqualTo("true");
    assertThat(served.get("/core/stats?requester_id=auditor_ann").text("/stats/tracked_agents"))
        .isEqualTo("0");
  }

  @Test
  void packets_come_to_an_average_and_a_commonest_state() {
    told("asha", "ON_TASK", 5, 95);
    told("asha", "IDLE", 0, 10);
    told("asha", "IDLE", 0.1, 12);
    told("ben", "AWAY", 0, 0);

    Answer asha = served.get("/bucket/prana/user/asha" + READER);
    assertThat(asha.text("/total_packets")).isEqualTo("3");
    assertThat(asha.text("/average_focus_score")).isEqualTo("39");
    assertThat(asha.text("/most_common_state")).isEqualTo("IDLE");
    assertThat(asha.text("/state_distribution/IDLE")).isEqualTo("2");
    assertThat(asha.text("/active_seconds")).isEqualTo("5.1");
    assertThat(served.get("/bucket/prana/stats" + READER).text("/total_packets")).isEqualTo("4");
    Answer nobody = served.get("/bucket/prana/user/cem" + READER);
    assertThat(nobody.text("/total_packets")).isEqualTo("0");
    assertThat(nobody.text("/average_focus_score")).isEqualTo("null");
  }

  @Test
  void a_batch_is_stored_as_a_whole_and_once() {
    String batch =
        "{\"requester_id\":\"prana\",\"packets\":[%s,%s]}"
            .formatted(inBatch("asha", "p-1"), inBatch("asha", "p-2"));

    assertThat(served.post(INGEST, batch).text("/repeated")).isEqualTo("0");
    assertThat(served.post(INGEST, batch).text("/repeated")).isEqualTo("2");
    assertThat(served.get("/bucket/prana/user/asha" + READER).text("/total_packets"))
        .isEqualTo("2");
    String broken = batch.replace("p-2", "p-3").replace("\"AWAY\"", "\"ASLEEP\"");
    assertThat(served.post(INGEST, broken).status()).isEqualTo(400);
    assertThat(served.get("/bucket/prana/user/asha" + READER).text("/total_packets"))
        .isEqualTo("2");
  }

  private static String inBatch(String user, String id) {
    return packet(user, "AWAY", 0, 0, ",\"event_id\":\"" + id + "\"")
        .replace("\"requester_id\":\"prana_core\",", "");
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"cognitive_state\":\"ON_TASK\" | \"cognitive_state\":\"ASLEEP\" | /cognitive_state",
        "\"system_type\":\"gurukul\" | \"system_type\":\"games\" | /system_type",
        "\"role\":\"student\" | \"role\":\"king\" | /role",
        "\"active_seconds\":5.0 | \"active_seconds\":4.9 | /active_seconds",
        "\"active_seconds\":5.0 | \"active_seconds\":-1 | /active_seconds",
        "\"focus_score\":95 | \"focus_score\":101 | /focus_score",
        "\"timestamp\":\"2026-01-31T10:00:00Z\" | \"timestamp\":\"now\" | /timestamp",
        "\"session_id\":\"s-1\" | \"session\":\"s-1\" | /session_id",
        "\"session_id\":\"s-1\" | \"session_id\":\"\" | /session_id",
        "\"focus_score\":95 | \"focus_score\":95,\"colour\":1 | /colour",
        "\"focus_score\":95 | \"focus_score\":95,\"raw_signals\":{\"keys\":\"secret\"}"
            + " | /raw_signals/keys",
      })
  void a_packet_that_is_none_is_refused_and_told_where(String good, String bad, String pointer) {
    String packet = packet("asha", "ON_TASK", 5, 95, "");
    assertThat(packet).contains(good);

    Answer answer = served.post(INGEST, packet.replace(good, bad));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("/errors/0/pointer")).isEqualTo(pointer);
  }

  @Test
  void counts_and_switches_are_kept() {
    String signals = ",\"raw_signals\":{\"clicks\":3,\"tab_hidden\":false}";

    assertThat(served.post(INGEST, packet("asha", "ON_TASK", 5, 95, signals)).status())
        .isEqualTo(200);
    assertThat(served.get("/bucket/prana/packets" + READER).text("/packets/0/raw_signals/clicks"))
        .isEqualTo("3");
  }

  @ParameterizedTest
  @CsvSource({"workflow_executor", "bhiv_core", "auditor_ann", "ai_helper", "nobody"})
  void only_prana_sends_packets(String requester) {
    String packet = packet("asha", "ON_TASK", 5, 95, "").replace("prana_core", requester);

    assertThat(served.post(INGEST, packet).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @CsvSource({
    "requester_id=workflow_executor&system_type=gurukul, 403",
    "requester_id=product_ems&system_type=gurukul, 403",
    "requester_id=auditor_ann, 400",
    "requester_id=auditor_ann&system_type=games, 400",
  })
  void packets_are_read_by_whoever_may_of_one_system(String query, int status) {
    for (String path : new String[] {"packets", "stats", "user/asha"}) {
      assertThat(served.get("/bucket/prana/%s?%s".formatted(path, query)).status())
          .isEqualTo(status);
    }
  }
}
