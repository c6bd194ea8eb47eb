package dev.fedcore.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Entries as server-sent events.
class EventsTest {

  @TempDir private Path data;

  @Test
  void a_client_that_was_cut_off_goes_on_where_it_was() throws Exception {
    try (var server = Served.trusting(data)) {
      String run = server.task("x").text("/run_id");
      int entries = Integer.parseInt(server.get("/workflows/runs/" + run).text("/version"));

      List<String> all = ids(server, "/events?run_id=" + run, "", entries);
      List<String> rest = ids(server, "/events?run_id=" + run, all.get(1), entries - 2);

      assertThat(all).hasSize(entries).doesNotHaveDuplicates();
      assertThat(rest).isEqualTo(all.subList(2, entries));
    }
  }

  @Test
  void another_tenants_entries_are_not_sent() throws Exception {
    try (var server = Served.trusting(data)) {
      server.task("theirs", "X-Tenant-Id", "two");
      server.task("ours");

      List<String> ours = ids(server, "/events", "0", 1);

      String index = server.get("/workflows/runs").text("/runs/0/run_id");
      assertThat(server.get("/workflows/runs/" + index + "/logs").text("/logs/0/index"))
          .isEqualTo(ours.getFirst());
    }
  }

  @Test
  void one_client_has_only_so_many_streams_open_and_others_have_theirs() throws Exception {
    try (var server = Served.trusting(data);
        var client = HttpClient.newHttpClient()) {
      var open = new ArrayList<InputStream>();
      for (int i = 0; i < 64; i++) {
        open.add(opened(server, client, "ann"));
      }

      HttpResponse<InputStream> refused = asked(server, client, "ann");
      assertThat(refused.statusCode()).isEqualTo(503);
      assertThat(refused.headers().firstValue("Retry-After")).contains("1");
      assertThat(new String(refused.body().readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"code\":\"TOO_MANY_STREAMS\"");
      open.add(opened(server, client, "ben"));
      for (InputStream stream : open) {
        stream.close();
      }
      client.shutdownNow();
    }
  }

  /// A stream that has begun, which counts from then on.
  private static InputStream opened(Served server, HttpClient client, String actor)
      throws Exception {
    HttpResponse<InputStream> answer = asked(server, client, actor);
    assertThat(answer.statusCode()).isEqualTo(200);
    InputStream stream = answer.body();
    assertThat(stream.read()).isEqualTo(':');
    return stream;
  }

  private static HttpResponse<InputStream> asked(Served server, HttpClient client, String actor)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.uri() + "/events")).header("X-Actor-Id", actor);
    return client.send(request.build(), BodyHandlers.ofInputStream());
  }

  private static List<String> ids(Served server, String path, String after, int count)
      throws Exception {
    var request = HttpRequest.newBuilder(URI.create(server.uri() + path));
    if (!after.isEmpty()) {
      request.header("Last-Event-ID", after);
    }
    try (var client = HttpClient.newHttpClient()) {
      var answer = client.send(request.build(), BodyHandlers.ofInputStream());
      try (var lines =
          new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
        return lines
            .lines()
            .filter(line -> line.startsWith("id: "))
            .map(line -> line.substring(4))
            .limit(count)
            .toList();
      } finally {
        client.shutdownNow();
      }
    }
  }
}
