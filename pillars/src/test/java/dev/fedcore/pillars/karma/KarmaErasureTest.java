package dev.fedcore.pillars.karma;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.http.erasure.ErasureRequest;
import dev.fedcore.pillars.served.Document;
import dev.fedcore.pillars.served.Served;
import dev.fedcore.pillars.served.Served.Answer;
import dev.fedcore.pillars.served.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A person is erased, and every hash and the replay still hold.
class KarmaErasureTest {

  private static final Document DOCUMENT = Document.beside(Karma.class);
  private static final String ZOE = "zoe@example.org";

  @TempDir private Path directory;

  private final SettableClock clock = new SettableClock(Instant.parse("2026-01-31T10:00:00Z"));
  private Karma karma;
  private Served served;

  @BeforeEach
  void open() {
    karma = Karma.open(directory, KarmaSettings.DEFAULT, clock);
    served = Served.over(karma.routes(), karma.problems(), DOCUMENT);
  }

  @AfterEach
  void close() {
    served.close();
    karma.close();
  }

  private Answer post(String path, String body, String... headers) {
    return served.post(path, body.replace('\'', '"'), headers);
  }

  /// A life event, with more of its data.
  private Answer did(String user, String action, String more, String... headers) {
    return post(
        "/v1/log-action/",
        "{'user_id':'%s','action':'%s','role':'user','source':'bhiv_core'%s}"
            .formatted(user, action, more),
        headers);
  }

  private Answer erase(String subject, String... headers) {
    return post(
        "/erasures",
        "{'subject':'%s','reason':'%s asked for it'}".formatted(subject, subject),
        headers);
  }

  private Answer erased(String subject) {
    Answer answer = erase(subject);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text("/files_rewritten")).isEqualTo("true");
    assertThat(karma.replay()).isEqualTo(karma.kept());
    return answer;
  }

  /// Whether any file of the data directory holds the text, in any case of letters.
  private boolean isOnDisk(String text) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String bytes = new String(Files.readAllBytes(file), ISO_8859_1).toLowerCase(Locale.ROOT);
        if (bytes.contains(text.toLowerCase(Locale.ROOT))) {
          return true;
        }
      }
    }
    return false;
  }

  private String membersAndTables() {
    JsonObject kept = karma.kept().json();
    return "%s %s".formatted(kept.get("members"), kept.get("q_tables"));
  }

  private void tellAllOfZoe() {
    did(
        ZOE,
        "theft",
        ",'event_id':'Zoe@Example.org/1','note':'zoe@example.org took it',"
            + "'context':{'trace_id':'t-1','recipient':'ZOE@example.org'},"
            + "'metadata':{'letter':'secret of hers'}");
    did(ZOE, "selfless_service", ",'event_id':'e-2','note':'her secret deed'");
    did(ZOE, "helping_peers", ",'context':{'trace_id':'t-3'}");
    post("/v1/appeal/", "{'user_id':'zoe@example.org','action':'theft','source':'bhiv_core'}");
    post(
        "/v1/atonement/submit",
        "{'user_id':'zoe@example.org','plan_id':'zoe@example.org_theft_1','atonement_type':'Daan',"
            + "'amount':10,'tx_hash':'0xsecret','source':'bhiv_core'}");
    post(
        "/redeem/",
        "{'user_id':'zoe@example.org','token':'PunyaTokens','amount':5,'source':'bhiv_core'}");
    post(
        "/v1/event/",
        "{'type':'stats_request','source':'bhiv_core','data':{'user_id':'zoe@example.org'}}");
  }

  @Test
  void nothing_of_an_erased_person_is_in_any_file_and_everything_still_verifies()
      throws IOException {
    tellAllOfZoe();
    assertThat(karma.replay()).isEqualTo(karma.kept());
    assertThat(isOnDisk(ZOE)).isTrue();
    assertThat(isOnDisk("secret")).isTrue();
    String before = membersAndTables();

    Answer answer = erased(ZOE);

    assertThat(answer.text("/values_erased")).isEqualTo("9");
    assertThat(isOnDisk(ZOE)).isFalse();
    assertThat(isOnDisk("secret")).isFalse();
    assertThat(isOnDisk("asked for it")).isTrue();
    assertThat(membersAndTables()).isEqualTo(before);
    assertThat(served.get("/api/v1/karma/" + ZOE).status()).isEqualTo(404);
    assertThat(served.get("/v1/stats/system").text("/total_users")).isEqualTo("1");
    assertThat(served.get("/v1/stats/system").text("/total_events")).isEqualTo("7");
    karma.close();
    assertThat(isOnDisk(ZOE)).isFalse();
  }

  @Test
  void people_read_names_and_words_until_they_are_erased() {
    tellAllOfZoe();

    Answer profile = served.get("/api/v1/karma/" + ZOE);

    assertThat(profile.text("/plans/0/plan_id")).isEqualTo("zoe@example.org_theft_1");
    assertThat(profile.text("/corrective_guidance/0"))
        .isEqualTo("fulfil the plan zoe@example.org_theft_1");
    assertThat(profile.text("/changes/2/data/tx_hash")).isEqualTo("0xsecret");
    assertThat(profile.text("/changes/2/data/plan_id")).isEqualTo("zoe@example.org_theft_1");
    assertThat(profile.text("/changes/2/changes/0/what"))
        .isEqualTo("plans.zoe@example.org_theft_1.Daan");
    assertThat(profile.text("/changes/6/event_id")).isEqualTo("Zoe@Example.org/1");
    assertThat(profile.text("/changes/6/data/event_id")).isEqualTo("Zoe@Example.org/1");
    assertThat(profile.text("/changes/6/data/user_id")).isEqualTo(ZOE);
    assertThat(profile.text("/changes/6/data/context/recipient")).isEqualTo("ZOE@example.org");
    assertThat(profile.text("/changes/6/data/metadata/letter")).isEqualTo("secret of hers");
    assertThat(profile.json().toString()).doesNotContain("sealed:");
    assertThat(served.get("/api/v1/karma/signal/%s?product_context=game".formatted(ZOE)).status())
        .isEqualTo(200);
  }

  @Test
  void who_tells_is_answered_with_names_also_when_refused() {
    Answer first = did("ann", "theft", ",'event_id':'e-1','note':'took it'");
    String appeal = "{'user_id':'ann','action':'theft','source':'bhiv_core'}";
    Answer plan = post("/v1/appeal/", appeal);

    assertThat(first.text("/user_id")).isEqualTo("ann");
    assertThat(first.text("/note")).isEqualTo("took it");
    assertThat(first.text("/event_id")).isEqualTo("e-1");
    assertThat(plan.text("/plan/plan_id")).isEqualTo("ann_theft_1");
    assertThat(plan.text("/event_id")).matches("[0-9a-f]{32}");
    assertThat(post("/v1/appeal/", appeal).text("/error/message")).contains("plan ann_theft_1 is");
    assertThat(
            post(
                    "/v1/atonement/submit",
                    "{'user_id':'ann','plan_id':'bob_theft_1','atonement_type':'Jap','amount':1,"
                        + "'source':'bhiv_core'}")
                .text("/error/message"))
        .isEqualTo("there is no open plan bob_theft_1; open are: ann_theft_1");
    assertThat(
            post("/v1/death/event", "{'user_id':'eve','source':'bhiv_core'}")
                .text("/error/message"))
        .contains("the user eve");
  }

  @Test
  void words_of_others_that_name_the_person_go_too() throws IOException {
    did("bob", "helping_peers", ",'event_id':'b-1','note':'as Zoe@example.org asked'");
    did("bob", "helping_peers", ",'event_id':'for-zoe@example.org','note':'gladly'");
    did("bob", "helping_peers", ",'event_id':'b-3','note':'as zoe@example.organic asked'");

    assertThat(erased(ZOE).text("/values_erased")).isEqualTo("3");

    Answer bob = served.get("/api/v1/karma/bob");
    assertThat(bob.text("/changes/2/data/note")).isEqualTo("erased");
    assertThat(bob.text("/changes/2/event_id")).isEqualTo("b-1");
    assertThat(bob.text("/changes/1/event_id")).isEqualTo("erased");
    assertThat(bob.text("/changes/1/data/event_id")).isEqualTo("erased");
    assertThat(bob.text("/changes/1/data/user_id")).isEqualTo("bob");
    assertThat(bob.text("/changes/0/data/note")).isEqualTo("as zoe@example.organic asked");
    assertThat(bob.text("/balances/SevaPoints")).isEqualTo("30");
    Answer again =
        did("bob", "helping_peers", ",'event_id':'b-1','note':'as Zoe@example.org asked'");
    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.text("/note")).isEqualTo("erased");
    assertThat(again.text("/user_id")).isEqualTo("bob");
    assertThat(did("carl", "helping_peers", ",'event_id':'b-1'").status()).isEqualTo(409);
    assertThat(isOnDisk("zoe@example.org asked")).isFalse();
  }

  @Test
  void somebody_of_the_same_name_who_comes_later_begins_anew() {
    did("ann", "theft", "");
    did("ann", "selfless_service", "");
    erased("ann");

    Answer anew = did("ann", "completing_lessons", "");

    assertThat(anew.text("/merit_score")).isEqualTo("5");
    assertThat(served.get("/v1/stats/user/ann").text("/total_actions")).isEqualTo("1");
    assertThat(served.get("/api/v1/karma/ann").text("/changes")).doesNotContain("theft");
    assertThat(served.get("/v1/stats/system").text("/total_users")).isEqualTo("2");
    assertThat(karma.replay()).isEqualTo(karma.kept());
    assertThat(erased("ann").text("/values_erased")).isEqualTo("1");
    assertThat(served.get("/v1/stats/user/ann").status()).isEqualTo(404);
  }

  @Test
  void an_id_stays_used_when_what_it_names_has_been_erased() {
    did("ann", "helping_peers", ",'event_id':'e-1','note':'hers'");
    erased("ann");
    did("ann", "cheat", "");

    Answer again = did("ann", "helping_peers", ",'event_id':'e-1','note':'hers'");

    assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
    assertThat(again.text("/user_id")).isEqualTo("erased");
    assertThat(again.text("/note")).isEqualTo("erased");
    assertThat(again.text("/event_id")).isEqualTo("e-1");
    assertThat(again.text("/merit_score")).isEqualTo("12");
    assertThat(
            post("/v1/death/event", "{'user_id':'ann','source':'bhiv_core','event_id':'e-1'}")
                .text("/error/code"))
        .isEqualTo("EVENT_ID_REUSED");
    assertThat(served.get("/v1/stats/user/ann").text("/total_actions")).isEqualTo("1");
  }

  @Test
  void an_id_that_says_whom_or_what_it_is_about_goes() {
    String named = ",'event_id':'task-of-Ann-7'";
    String traced = ",'context':{'trace_id':'t-1'}";
    did("ann", "helping_peers", named);
    did("ann", "solving_doubts", traced);
    erased("ann");

    assertThat(did("ann", "helping_peers", named).header("Idempotent-Replayed")).isEmpty();
    assertThat(did("ann", "solving_doubts", traced).header("Idempotent-Replayed")).isEmpty();
    assertThat(did("ann", "solving_doubts", traced).header("Idempotent-Replayed"))
        .isEqualTo("true");
  }

  @Test
  void what_names_no_open_plan_is_kept_as_words_are() throws IOException {
    served.close();
    karma.close();
    karma = Karma.open(directory, KarmaSettings.DEFAULT.withTracking(false), clock);
    served = Served.over(karma.routes(), karma.problems(), DOCUMENT);
    post(
        "/v1/atonement/submit",
        "{'user_id':'ann','plan_id':'ann of Elm Street','atonement_type':'Jap','amount':1,"
            + "'source':'bhiv_core'}");
    assertThat(isOnDisk("Elm Street")).isTrue();

    erased("ann");

    assertThat(isOnDisk("Elm Street")).isFalse();
  }

  @Test
  void a_second_erasure_finds_nothing_and_writes_nothing() {
    tellAllOfZoe();
    erased(ZOE);
    String events = served.get("/health").text("/events");

    assertThat(erased(ZOE).text("/values_erased")).isEqualTo("0");
    assertThat(erased("nobody").text("/values_erased")).isEqualTo("0");
    assertThat(served.get("/health").text("/events")).isEqualTo(events);
  }

  @Test
  void whoever_asked_for_an_erasure_can_be_erased_from_it() throws IOException {
    did("ann", "theft", "");
    erase("ann", "X-Actor-Id", "root@example.org");
    assertThat(isOnDisk("root@example.org")).isTrue();

    assertThat(erased("root@example.org").text("/values_erased")).isEqualTo("2");
    assertThat(isOnDisk("root@example.org")).isFalse();
    assertThat(erased("root@example.org").text("/values_erased")).isEqualTo("0");
  }

  @Test
  void tenants_are_apart() {
    did("ann", "theft", ",'event_id':'e-1'", "X-Tenant-Id", "elsewhere");
    did("bob", "theft", ",'event_id':'e-1'");

    assertThat(erased("ann").text("/values_erased")).isEqualTo("0");
    assertThat(served.get("/api/v1/karma/ann", "X-Tenant-Id", "elsewhere").status()).isEqualTo(200);
    assertThat(erase("ann", "X-Tenant-Id", "elsewhere").text("/values_erased")).isEqualTo("1");
    assertThat(served.get("/api/v1/karma/ann", "X-Tenant-Id", "elsewhere").status()).isEqualTo(404);
    assertThat(served.get("/api/v1/karma/bob").status()).isEqualTo(200);
  }

  @Test
  void words_in_another_tenant_stay() {
    did("bob", "theft", ",'note':'zoe@example.org saw it'", "X-Tenant-Id", "elsewhere");

    assertThat(erased(ZOE).text("/values_erased")).isEqualTo("0");
    assertThat(
            served
                .get("/api/v1/karma/bob", "X-Tenant-Id", "elsewhere")
                .text("/changes/0/data/note"))
        .isEqualTo("zoe@example.org saw it");
  }

  @Test
  void who_asks_to_be_erased_is_not_named_in_the_entry() throws IOException {
    did(ZOE, "theft", "");

    Answer answer = erase(ZOE, "X-Actor-Id", ZOE);

    assertThat(answer.text("/values_erased")).isEqualTo("1");
    assertThat(isOnDisk(ZOE)).isFalse();
    assertThat(erased(ZOE).text("/values_erased")).isEqualTo("0");
  }

  @Test
  void an_address_is_one_person_in_any_case_of_letters() {
    did("Zoe@Example.ORG", "theft", "");
    did(ZOE, "theft", "");
    did("zoe", "theft", "");

    erased("ZOE@example.org");

    assertThat(served.get("/v1/stats/user/Zoe@Example.ORG").status()).isEqualTo(404);
    assertThat(served.get("/v1/stats/user/" + ZOE).status()).isEqualTo(404);
    assertThat(served.get("/v1/stats/user/zoe").status()).isEqualTo(200);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "{'reason':'r'} | /subject",
        "{'subject':'','reason':'r'} | /subject",
        "{'subject':' ','reason':'r'} | /subject",
        "{'subject':1,'reason':'r'} | /subject",
        "{'subject':'anonymous','reason':'r'} | /subject",
        "{'subject':'fedcore','reason':'r'} | /subject",
        "{'subject':'LONG','reason':'r'} | /subject",
        "{'subject':'ann'} | /reason",
        "{'subject':'ann','reason':''} | /reason",
        "{'subject':'ann','reason':'r','hue':1} | /hue",
      })
  void what_asks_for_nobody_or_says_no_reason_is_a_400_that_names_the_field(
      String body, String pointer) {
    did("ann", "theft", "");

    Answer answer = post("/erasures", body.replace("LONG", "a".repeat(321)));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text("/details/errors/0/pointer")).isEqualTo(pointer);
    assertThat(served.get("/v1/stats/user/ann").status()).isEqualTo(200);
  }

  @Test
  void nobody_tells_an_erasure_and_only_who_may_asks_for_one() {
    Answer told =
        post(
            "/v1/event/",
            "{'type':'erasure','source':'bhiv_core','data':{'user_id':'ann','values_erased':1}}");

    assertThat(told.status()).isEqualTo(400);
    assertThat(told.text("/error/code")).isEqualTo("UNKNOWN_EVENT_TYPE");
    assertThat(karma.routes())
        .filteredOn(route -> route.pattern().equals("/erasures"))
        .singleElement()
        .satisfies(route -> assertThat(route.access()).isEqualTo(ErasureRequest.ACCESS));
  }

  @Test
  void a_store_that_does_not_answer_is_said_to_be_so() {
    karma.close();

    Answer answer = erase("ann");

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.text("/error/code")).isEqualTo("STORE_UNAVAILABLE");
  }

  @Test
  void who_reads_the_file_for_long_keeps_it_from_being_rewritten_until_asked_again()
      throws IOException, SQLException {
    tellAllOfZoe();
    try (var reader = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("karma.db"));
        var statement = reader.createStatement()) {
      statement.execute("BEGIN");
      statement.executeQuery("SELECT count(*) FROM event").close();

      Answer answer = erase(ZOE);

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.text("/values_erased")).isEqualTo("9");
      assertThat(answer.text("/files_rewritten")).isEqualTo("false");
    }
    assertThat(erased(ZOE).text("/values_erased")).isEqualTo("0");
    assertThat(isOnDisk(ZOE)).isFalse();
  }

  @Test
  void who_tells_of_a_person_while_that_one_is_erased_tells_it_before_or_after() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var work =
          IntStream.range(0, 120)
              .<Callable<Answer>>mapToObj(
                  i -> () -> i % 20 == 10 ? erase("ann") : did("ann", "theft", noted(i)))
              .toList();

      for (var done : threads.invokeAll(work)) {
        Answer answer = done.get();
        assertThat(answer.status()).isEqualTo(200);
        JsonPointers.find(answer.json(), "/user_id")
            .ifPresent(user -> assertThat(user.toString()).contains("ann"));
      }
    }
    assertThat(karma.replay()).isEqualTo(karma.kept());

    erased("ann");

    assertThat(isOnDisk("words of")).isFalse();
    assertThat(served.get("/v1/stats/system").text("/total_events")).isEqualTo("114");
  }

  private static String noted(int i) {
    return ",'note':'words of %d'".formatted(i);
  }
}
