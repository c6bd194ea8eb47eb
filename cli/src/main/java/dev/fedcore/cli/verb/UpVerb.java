package dev.fedcore.cli.verb;

import dev.fedcore.cli.terminal.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/// `fedcore up`: the server. The launcher starts it directly; this is for its help text, for
/// completion, and for those who start the jar by hand.
@Command(
    name = "up",
    description = "Start a Federation Core; Ctrl-C stops it.",
    footer = {
      "%nOptions of the server:",
      "  --data DIR            where everything is kept; ./data",
      "  --ledger URL          sqlite:PATH; a ledger elsewhere than in the data directory",
      "  --only ROLE,...       start only these services",
      "  --host ADDR           127.0.0.1; any other needs keys",
      "  --port N              9405; 0 takes a free one",
      "  --policies DIR        a directory of policy bundles, read again when they change",
      "  --policy-keys FILE    who may sign bundles, or nobody needs to; $FEDCORE_POLICY_KEYS",
      "  --witness-policy FILE who cosigns checkpoints, and how many must; $FEDCORE_WITNESS_POLICY",
      "  --webhook URL         told of every entry, signed with $FEDCORE_WEBHOOK_SECRET",
      "  --allow-unregistered  accept runs of workflows that nobody registered"
    })
final class UpVerb implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(paramLabel = "OPTION", hidden = true, description = "Given to the server.")
  private List<String> words = new ArrayList<>();

  @Unmatched private List<String> options = new ArrayList<>();

  UpVerb(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return ServerProgram.run(surroundings, ServerProgram.SERVER, words, options);
  }
}
