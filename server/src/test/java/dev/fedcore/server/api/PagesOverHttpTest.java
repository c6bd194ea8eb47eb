package dev.fedcore.server.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.kernel.policy.ApprovalRequirement;
import dev.fedcore.server.Served;
import dev.fedcore.server.Served.Answer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pages of what is large: each is no larger than a server can hold, and together they have
/// everything once.
class PagesOverHttpTest {

  private static final String LARGE = "x".repeat(900_000);

  /// Half a page more than its limit, since the row that goes beyond is still on it.
  private static final int BYTES_MAX = Ledger.PAGE_BYTES_MAX * 3 / 2;

  @TempDir private Path data;
  private Served server;

  @BeforeEach
  void start() {
    server = Served.trusting(data);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void of_runs_end_early_and_go_on_where_they_ended() {
    List<String> made = runs(8);

    assertThat(pages("/workflows/runs?limit=200", "runs", "run_id")).isEqualTo(made.reversed());
    assertThat(pages("/workflows/runs?limit=3", "runs", "run_id")).isEqualTo(made.reversed());
  }

  @Test
  void of_the_published_contract_say_by_their_limit_how_many_runs_they_have() {
    List<String> made = runs(8);
    var found = new ArrayList<String>();
    int pages = 0;
    while (found.size() < made.size() && pages++ < made.size()) {
      Answer page = server.get("/api/fc/runs?limit=200&offset=" + found.size());
      List<String> ids = texts(page, "runs", "run_id");
      assertThat(page.body().length).isLessThan(BYTES_MAX);
      assertThat(page.text("/total")).isEqualTo("8");
      assertThat(page.text("/limit"))
          .isEqualTo(found.size() + ids.size() < 8 ? Integer.toString(ids.size()) : "200");
      found.addAll(ids);
    }

    assertThat(found).isEqualTo(made.reversed());
    assertThat(pages).isGreaterThan(1);
    assertThat(texts(server.get("/api/fc/runs?limit=1&offset=3"), "runs", "run_id"))
        .containsExactly(made.get(4));
  }

  @Test
  void of_definitions_end_early_and_go_on_where_they_ended() {
    for (int i = 0; i < 6; i++) {
      String document =
          """
          {"apiVersion":"fedcore.workflow/v1","id":"large-%d","version":"1","steps":[
            {"id":"a","type":"ACT","action":{"type":"task","parameters":{"title":"%s"}}}]}
          """
              .formatted(i, LARGE);
      assertThat(server.post("/workflows/definitions", document).status()).isEqualTo(201);
    }

    List<String> ids = pages("/workflows/definitions?x=", "definitions", "id");
    assertThat(ids).doesNotHaveDuplicates().isSorted();
    assertThat(ids).contains("large-0", "large-5", "pt004_execution_spine", "executor_action");
    assertThat(server.get("/workflows/definitions/large-3").text("/version")).isEqualTo("1");
    Answer unknown = server.post("/workflows/runs", "{\"workflow_id\":\"large\"}");
    assertThat(unknown.status()).isEqualTo(422);
    assertThat(unknown.text("/detail")).contains("large-0").contains("large-5");
  }

  @Test
  void of_people_whom_a_run_names_end_early_and_go_on_where_they_ended() {
    String run = server.post("/api/fc/runs", FC_RUN).text("/run/run_id");
    server.patch("/api/fc/runs/" + run, "{\"status\":\"running\"}");
    List<String> people = IntStream.range(0, 1_500).mapToObj(i -> "person-" + i).toList();
    for (int i = 0; i < people.size(); i += ApprovalRequirement.APPROVERS_MAX) {
      approve(run, people.subList(i, i + ApprovalRequirement.APPROVERS_MAX), "");
    }

    String path = "/workflows/runs/" + run + "/disclosures";
    assertThat(texts(server.get(path), "disclosures", "value").size()).isBetween(900, 1_400);
    assertThat(pages(path + "?x=", "disclosures", "commitment")).doesNotHaveDuplicates().isSorted();
    assertThat(pages(path + "?x=", "disclosures", "value")).containsAll(people);
  }

  @Test
  void of_entries_are_cut_off_by_their_bytes_as_they_are_shown() {
    String run = server.post("/api/fc/runs", FC_RUN).text("/run/run_id");
    String path = "/workflows/runs/" + run;
    String ofPublished = "/api/fc/runs/" + run;
    server.patch(ofPublished, "{\"status\":\"running\"}");
    String text = "\u20ac".repeat(2_000);
    List<String> names =
        IntStream.range(0, ApprovalRequirement.APPROVERS_MAX)
            .mapToObj(i -> "y".repeat(120) + i)
            .toList();
    int gates = 240;
    for (int i = 0; i < gates; i++) {
      approve(run, names, text);
    }
    int version = Integer.parseInt(server.get(path).text("/version"));

    assertThat(pages(path + "/logs?limit=200", "logs", "index")).hasSize(version);
    assertThat(pages(path + "/logs?limit=200&event_type=FC-GATE-001", "logs", "index"))
        .hasSize(gates);
    Answer whole = server.get(path + "?include_logs=true");
    List<String> first = texts(whole, "logs", "index");
    assertThat(first).hasSizeLessThan(version);
    assertThat(whole.body().length).isBetween(Ledger.PAGE_BYTES_MAX, BYTES_MAX);
    assertThat(
            texts(
                server.get(path + "/logs?cursor=" + whole.text("/logs_next_cursor")),
                "logs",
                "index"))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(first);
    Answer array = server.get(ofPublished + "/logs?limit=1000");
    assertThat(array.header("Link"))
        .isEqualTo("<?offset=%d&limit=1000>; rel=\"next\"".formatted(first.size()));
    assertThat(server.get(ofPublished + "/logs?limit=1000&offset=" + first.size()).header("Link"))
        .isEmpty();
  }

  /// Asks these people, in many words, and lets the first of them approve.
  private void approve(String run, List<String> people, String words) {
    String asked =
        """
        {"step_id":"step_1","gate_type":"human_approval","gate_name":"look","description":"%s",
         "required_approvers":["%s"]}
        """
            .formatted(words, String.join("\",\"", people));
    Answer gate = server.post("/api/fc/runs/" + run + "/gate", asked);
    assertThat(gate.status()).isEqualTo(201);
    String answered = "/api/fc/gates/" + gate.text("/gate_id");
    String approved = "{\"status\":\"approved\"}";
    assertThat(server.post(answered, approved, "X-Actor-Id", people.getFirst()).status())
        .isEqualTo(200);
  }

  private static final String FC_RUN =
      """
      {"workflow_id":"pt004_execution_spine","workflow_version":"1.0.0","input_payload":{}}\
      """;

  private List<String> runs(int count) {
    String body = FC_RUN.replace("{}", "{\"bulk\":\"" + LARGE + "\"}");
    return IntStream.range(0, count)
        .mapToObj(_ -> server.post("/api/fc/runs", body).text("/run/run_id"))
        .toList();
  }

  /// Goes from page to page; gives one member of every item.
  private List<String> pages(String path, String items, String member) {
    var all = new ArrayList<String>();
    String cursor = "";
    do {
      Answer page = server.get(path + cursor);
      assertThat(page.body().length).isLessThan(BYTES_MAX);
      all.addAll(texts(page, items, member));
      cursor =
          page.value("/next_cursor") instanceof JsonNull
              ? ""
              : "&cursor=" + page.text("/next_cursor");
    } while (!cursor.isEmpty());
    return all;
  }

  private static List<String> texts(Answer page, String items, String member) {
    return ((JsonArray) page.value("/" + items))
        .items().stream()
            .map(item -> ((JsonObject) item).get(member).orElseThrow())
            .map(PagesOverHttpTest::text)
            .toList();
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString(String text)
        ? text
        : new String(value.canonicalBytes(), US_ASCII);
  }
}
