package dev.fedcore.cli.verb;

import dev.fedcore.cli.terminal.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/// `fedcore witness`: cosigns other people's logs. The launcher starts it directly; this is for its
/// help text, for completion, and for those who start the jar by hand.
@Command(
    name = "witness",
    description = "Cosign checkpoints of other people's logs, if they only grow; Ctrl-C stops it.",
    footer = {
      "%nMake a key and an empty memory; print the verifier key:",
      "  fedcore witness key --name NAME --key FILE [--data DIR]",
      "%nOptions of the witness:",
      "  --key FILE            its key, as made above; refused if everybody may read it",
      "  --logs FILE           whose checkpoints: lines \"log KEY\", with what /log/key answers",
      "  --data DIR            where it remembers what it cosigned; ./witness",
      "  --host ADDR           127.0.0.1; whoever asks is known by the log's signature",
      "  --port N              9406; 0 takes a free one"
    })
final class WitnessVerb implements Callable<Integer> {

  private final Surroundings surroundings;

  @Parameters(paramLabel = "OPTION", hidden = true, description = "Given to the witness.")
  private List<String> words = new ArrayList<>();

  @Unmatched private List<String> options = new ArrayList<>();

  WitnessVerb(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws InterruptedException {
    return ServerProgram.run(surroundings, ServerProgram.WITNESS, words, options);
  }
}
