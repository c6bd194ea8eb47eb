package dev.fedcore.cli.awo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.cli.client.JsonView;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.awo.folder.Workspace;
import dev.fedcore.evidence.sums.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Executes a workflow file's job graph on this host: checkouts of a real repository, artefacts as
/// folders, and every `run:` in a real bash with a real `fedcore`.
///
/// @param home where everything is kept
/// @param outside what GitHub would know: inputs, secrets, variables of the environment
/// @param rejected environments whose reviewers said no
record GithubRunner(
    GithubWorkflow workflow, Path home, Map<String, String> outside, Set<String> rejected) {

  private static final String OUTPUTS = ".outputs.";

  /// How every job ended, and what it put out, by `job.result` and `job.outputs.name`.
  Map<String, String> run() throws IOException, InterruptedException {
    Map<String, String> results = new TreeMap<>();
    Map<String, String> known = new HashMap<>(outside);
    for (String job : workflow.jobs()) {
      String result = "skipped";
      if (workflow.runs(job, results)) {
        boolean refused = rejected.contains(workflow.job(job).text("environment"));
        result = !refused && succeeds(job, known) ? "success" : "failure";
      }
      results.put(job, result);
    }
    return results;
  }

  private boolean succeeds(String job, Map<String, String> known)
      throws IOException, InterruptedException {
    Path folder = home.resolve("jobs").resolve(job);
    Files.createDirectories(folder);
    Map<String, String> outputs = new HashMap<>();
    boolean good = true;
    for (JsonView step : workflow.steps(job)) {
      if (good || step.text("if").contains("always()")) {
        good &= step.has("uses") ? uses(step, folder, known) : bash(step, folder, known, outputs);
        outputs.forEach((name, value) -> known.put("steps." + name, value));
      }
    }
    workflow
        .job(job)
        .object("outputs")
        .object()
        .members()
        .forEach((name, value) ->
            known.put("needs." + job + OUTPUTS + name, filled(JsonView.text(value), known)));
    return good;
  }

  private boolean uses(JsonView step, Path folder, Map<String, String> known)
      throws IOException, InterruptedException {
    String action = step.text("uses").replaceAll("@.*", "");
    String name = step.object("with").text("name");
    String path = filled(step.object("with").text("path"), known);
    return switch (action) {
      case "actions/checkout" -> shell(folder, Map.of(), "git clone -q ../../origin.git .");
      case "actions/upload-artifact" -> upload(folder, name, path);
      case "actions/download-artifact" -> {
        RunFiles.of(Snapshot.read(home.resolve("artifacts").resolve(name)).files())
            .write(folder.resolve(path));
        yield true;
      }
      case "actions/setup-java", "sigstore/cosign-installer" -> true;
      default -> throw new IllegalStateException("an action that is not known: " + action);
    };
  }

  /// One path keeps what is in it; of several, their places from the root are kept.
  private boolean upload(Path folder, String name, String paths)
      throws IOException, InterruptedException {
    Path artifact = home.resolve("artifacts").resolve(name);
    Files.createDirectories(artifact);
    boolean several = paths.strip().contains("\n");
    String copy = several ? "cp -r --parents %s %s" : "cp -r %s/. %s";
    return shell(folder, Map.of(), copy.formatted(paths.strip().replace('\n', ' '), artifact));
  }

  private boolean bash(
      JsonView step, Path folder, Map<String, String> known, Map<String, String> outputs)
      throws IOException, InterruptedException {
    Path output = home.resolve("output");
    Files.deleteIfExists(output);
    Map<String, String> environment = new HashMap<>();
    environment.put("GITHUB_OUTPUT", output.toString());
    environment.put("GITHUB_STEP_SUMMARY", home.resolve("summary.md").toString());
    environment.put("RUNNER_TEMP", home.toString());
    known.forEach((name, value) -> {
      if (name.matches("[A-Z_]+")) {
        environment.put(name, value);
      }
    });
    step.object("env")
        .object()
        .members()
        .forEach((name, value) -> environment.put(name, filled(JsonView.text(value), known)));
    boolean good = shell(folder, environment, step.text("run"));
    if (Files.exists(output)) {
      Files.readString(output)
          .lines()
          .forEach(line ->
              outputs.put(
                  step.text("id") + OUTPUTS + line.substring(0, line.indexOf('=')),
                  line.substring(line.indexOf('=') + 1)));
    }
    return good;
  }

  private boolean shell(Path folder, Map<String, String> environment, String script)
      throws IOException, InterruptedException {
    var builder =
        new ProcessBuilder("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("output.txt").toFile());
    builder.environment().putAll(environment);
    builder.environment().put("PATH", home.resolve("bin") + ":" + System.getenv("PATH"));
    return builder.start().waitFor() == 0;
  }

  /// What the last script printed.
  String said() throws IOException {
    return Files.readString(home.resolve("output.txt"));
  }

  private static String filled(String text, Map<String, String> known) {
    return GithubWorkflow.filled(text, name -> known.getOrDefault(name, ""));
  }

  /// Puts a program into the folder that is searched first.
  static void program(Path file, String script) throws IOException {
    Workspace.write(file, ("#!/bin/sh\n" + script + "\n").getBytes(UTF_8));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
