package dev.fedcore.cli.awo;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Surroundings;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `fedcore awo approver`: who let this GitHub workflow run into an environment.
@Command(
    name = "approver",
    description = "Ask GitHub who approved this workflow run for an environment, and print it.")
final class ApproverVerb implements Callable<Integer> {

  private final Surroundings surroundings;

  @Option(
      names = "--environment",
      required = true,
      paramLabel = "NAME",
      description = "The environment, such as awo-audit.")
  private String environment = "";

  ApproverVerb(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    var approvals =
        new GithubApprovals(
            surroundings.variable("GITHUB_API_URL").orElse("https://api.github.com"),
            variable("GITHUB_REPOSITORY"),
            variable("GITHUB_RUN_ID"),
            variable("GITHUB_TOKEN"));
    surroundings.terminal().line(approvals.approver(environment));
    return ExitCode.OK.number();
  }

  private String variable(String name) {
    return surroundings
        .variable(name)
        .orElseThrow(() ->
            new Failure(ExitCode.CONFIGURATION, name + " is not set; this is for GitHub Actions"));
  }
}
