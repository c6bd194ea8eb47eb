package dev.fedcore.cli.awo;

import dev.fedcore.cli.client.JsonView;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/// Who approved a GitHub workflow run for its environments, as GitHub itself says.
///
/// @param url of the API
/// @param repository owner and name
/// @param token that may read the repository's actions
/// @see <a href="https://docs.github.com/rest/actions/workflow-runs">Get the review history for a
///   workflow run</a>
record GithubApprovals(String url, String repository, String runId, String token) {

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);

  private static final int OK = 200;

  /// The one person who approved the run for `environment`.
  ///
  /// @throws Failure with ATT-001 when nobody did, somebody rejected it, or several people did
  String approver(String environment) {
    Set<String> approvers = new TreeSet<>();
    for (JsonView review : reviews()) {
      boolean here =
          review.objects("environments").stream().anyMatch(e -> e.text("name").equals(environment));
      if (here && review.text("state").equals("approved")) {
        approvers.add(review.object("user").text("login"));
      } else if (here) {
        throw new Failure(
            ExitCode.FAILED,
            "ATT-001 the run was %s for %s".formatted(review.text("state"), environment));
      }
    }
    if (approvers.size() != 1) {
      throw new Failure(
          ExitCode.FAILED,
          "ATT-001 %d people approved the run for %s; exactly one has to"
              .formatted(approvers.size(), environment));
    }
    return approvers.iterator().next();
  }

  private Iterable<JsonView> reviews() {
    HttpResponse<byte[]> response = ask();
    if (response.statusCode() != OK) {
      throw new Failure(
          ExitCode.UNAVAILABLE,
          "GitHub answered %d to %s".formatted(response.statusCode(), path()));
    }
    try {
      if (JsonReader.read(response.body(), JsonLimits.DEFAULT) instanceof JsonArray(var items)) {
        return items.stream()
            .filter(JsonObject.class::isInstance)
            .map(JsonObject.class::cast)
            .map(JsonView::new)
            .toList();
      }
    } catch (MalformedInput e) {
      throw new Failure(ExitCode.UNAVAILABLE, "GitHub answered no JSON: " + e.problem());
    }
    throw new Failure(ExitCode.UNAVAILABLE, "GitHub answered no list of reviews");
  }

  private HttpResponse<byte[]> ask() {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + path()))
            .timeout(ANSWER_TIMEOUT)
            .header("Accept", "application/vnd.github+json")
            .header("Authorization", "Bearer " + token)
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofByteArray());
    } catch (IOException _) {
      throw new Failure(ExitCode.UNAVAILABLE, "no GitHub answers at " + url);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.UNAVAILABLE, "interrupted while waiting for GitHub");
    }
  }

  private String path() {
    return "/repos/%s/actions/runs/%s/approvals".formatted(repository, runId);
  }
}
