package dev.fedcore.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.tar.TarReader;
import dev.fedcore.server.Served;
import dev.fedcore.server.ServerConfig;
import dev.fedcore.server.identity.SdkTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an auditor takes home over HTTP.
class EvidenceOverHttpTest {

  private static final String SECRET = "a secret that is long enough";
  private static final String NOBODYS_RUN = "01890a5d-ac96-774b-bcce-b302099a8057";

  /// 2100-01-01, in seconds.
  private static final long LATE = 4_102_444_800L;

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

  private static String archive(String run) {
    return "/workflows/runs/%s/evidence".formatted(run);
  }

  @Test
  void a_run_that_is_over_is_sent_as_an_archive_member_by_member() {
    String run = server.task("x").text("/run_id");

    var answer = server.get(archive(run));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/x-tar");
    assertThat(answer.header("Transfer-Encoding")).isEqualTo("chunked");
    assertThat(answer.header("Content-Disposition")).contains(run + ".tar");
    assertThat(answer.header("ETag")).isEqualTo("\"" + Sha256.hex(answer.body()) + "\"");
    assertThat(TarReader.read(answer.body())).containsKeys("SHA256SUMS.txt", "audit.jsonl");
    assertThat(server.get(archive(run)).body()).isEqualTo(answer.body());
  }

  @Test
  void a_run_that_goes_on_has_no_evidence_yet() {
    String run = server.task("flag").text("/run_id");

    var answer = server.get(archive(run));

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.text("/code")).isEqualTo("EVIDENCE_NOT_READY");
    assertThat(answer.text("/findings/0/code")).isEqualTo("GOV-002");
  }

  @Test
  void a_run_that_is_not_there_or_is_somebody_elses_is_unknown() {
    String run = server.task("x").text("/run_id");

    assertThat(server.get(archive(NOBODYS_RUN)).text("/code")).isEqualTo("UNKNOWN_RUN");
    assertThat(server.get(archive("no-run")).status()).isEqualTo(404);
    assertThat(server.get(archive(run), "X-Tenant-Id", "two").text("/code"))
        .isEqualTo("UNKNOWN_RUN");
  }

  @Test
  void runs_are_found_where_they_are_published_and_only_ones_own() throws IOException {
    String mine = server.task("x").text("/run_id");
    String theirs = server.task("x", "X-Tenant-Id", "two").text("/run_id");
    for (String run : new String[] {mine, theirs, "made-in-a-folder"}) {
      Files.createDirectories(data.resolve("evidence/runs").resolve(run));
    }
    Files.createDirectories(data.resolve("evidence/governance/attestations/orphan"));

    var found = server.get("/provenance");
    assertThat(found.status()).isEqualTo(200);
    assertThat(new String(found.body(), UTF_8))
        .contains(mine, "made-in-a-folder", "orphan")
        .doesNotContain(theirs);
    assertThat(server.get("/provenance", "X-Tenant-Id", "two").text("/runs/0/run_id"))
        .isEqualTo(theirs);
    assertThat(server.get("/provenance?standing=ORPHAN").text("/runs/0/run_id"))
        .isEqualTo("orphan");
    assertThat(server.get("/provenance?standing=PUBLISHED").text("/runs")).isEqualTo("[]");
    assertThat(server.get("/provenance?standing=LOST").status()).isEqualTo(400);
    assertThat(server.get("/provenance", "X-Tenant-Id", "three").text("/runs")).isEqualTo("[]");
  }

  @Test
  void evidence_is_for_those_who_may_read() {
    String run = server.task("x").text("/run_id");
    server.close();
    var config =
        new ServerConfig(data, "127.0.0.1", 0, Optional.of(SECRET), Optional.empty(), false);
    server = Served.with(config);
    for (String path : new String[] {archive(run), "/provenance"}) {
      assertThat(server.get(path).status()).isEqualTo(401);
      assertThat(server.get(path, "Authorization", token("gate:write")).status()).isEqualTo(403);
      assertThat(server.get(path, "Authorization", token("workflow:read")).status()).isEqualTo(200);
    }
  }

  private static String token(String scope) {
    String claims =
        "{\"server_id\":\"srv\",\"scopes\":[\"%s\"],\"iat\":1,\"exp\":%d,\"jti\":\"x\"}"
            .formatted(scope, LATE);
    return "Bearer " + new SdkTokens(SECRET).issue(claims.getBytes(UTF_8));
  }
}
