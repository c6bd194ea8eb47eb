package dev.fedcore.benchmarks.pillars;

import dev.fedcore.benchmarks.pillars.Api.Answer;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The two data-flow examples of the seed "Workflow Executor Integration", sent with curl as they
/// are written there.
final class SeedExamples {

  private final Path directory;
  private final URI executor;

  /// @param directory with one file for each example
  /// @param executor where it listens
  SeedExamples(Path directory, URI executor) {
    this.directory = directory;
    this.executor = executor;
  }

  /// Both, as errands.
  List<Errand> errands() throws IOException {
    return List.of(
        errand("task_123", Errand.Outcome.ALLOWED), errand("notif_456", Errand.Outcome.FLAGGED));
  }

  /// Sends one.
  ///
  /// @throws IOException if curl has no answer
  Answer send(Errand errand) throws IOException, InterruptedException {
    Process curl =
        new ProcessBuilder(
                "curl",
                "--silent",
                "--show-error",
                "--fail-with-body",
                "--header",
                "Content-Type: application/json",
                "--data-binary",
                "@" + file(errand.traceId()),
                executor.resolve("/api/workflow/execute").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (curl.waitFor() != 0) {
      throw new IOException("curl ended with %d: %s".formatted(curl.exitValue(), answer));
    }
    return new Answer(200, answer);
  }

  private Path file(String traceId) {
    return directory.resolve(traceId + ".json");
  }

  private Errand errand(String traceId, Errand.Outcome outcome) throws IOException {
    byte[] body = Files.readAllBytes(file(traceId));
    JsonFields request = JsonFields.of(JsonReader.readObject(body, JsonLimits.DEFAULT), "");
    JsonFields data = JsonFields.of(request.object("data"), "/data");
    JsonFields payload = JsonFields.of(data.object("payload"), "/data/payload");
    return new Errand(
        traceId,
        payload.string("user_id"),
        outcome,
        payload.optionalString("title").orElse(""),
        new String(body, StandardCharsets.UTF_8));
  }
}
