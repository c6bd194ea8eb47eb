package dev.fedcore.cli.verb;

import dev.fedcore.cli.client.Answer;
import dev.fedcore.cli.client.FedcoreClient;
import dev.fedcore.cli.client.JsonView;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Inputs;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.cli.terminal.Terminal;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.note.NoteSigner;
import dev.fedcore.policy.Admission;
import dev.fedcore.policy.BundleLoader;
import dev.fedcore.policy.LoadResult;
import dev.fedcore.policy.PolicyBundle;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fedcore policy …`: check bundles here, activate them and ask them there.
@Command(
    name = "policy",
    description = "Check, test and sign policy bundles; activate and ask them.")
final class PolicyVerbs {

  private final Surroundings surroundings;
  private final Fedcore fedcore;

  @Mixin private final ServerOptions server = new ServerOptions();

  PolicyVerbs(Surroundings surroundings, Fedcore fedcore) {
    this.surroundings = surroundings;
    this.fedcore = fedcore;
  }

  @Command(description = "Check a bundle without a server: format, types, rules and its own tests.")
  int check(
      @Parameters(paramLabel = "FILE", description = "YAML or JSON.") Path file,
      @Option(
              names = "--policy-keys",
              paramLabel = "FILE",
              description = "Who may sign it; without, signatures are not verified.")
          Optional<Path> keys) {
    Optional<Admission> admission =
        keys.map(given -> BundleSigning.admission(surroundings.resolve(given)));
    LoadResult result = admitted(load(file), admission);
    if (fedcore.json()) {
      surroundings.terminal().json(BundleReport.json(result, admission));
    } else {
      new BundleReport(surroundings.terminal()).check(result, admission);
    }
    return exitCode(result);
  }

  private static LoadResult admitted(LoadResult result, Optional<Admission> admission) {
    return switch (result) {
      case LoadResult.Loaded(PolicyBundle bundle, _) ->
          admission
              .flatMap(rule -> rule.objection(bundle))
              .<LoadResult>map(problem -> new LoadResult.Rejected(List.of(problem)))
              .orElse(result);
      case LoadResult.Rejected _ -> result;
    };
  }

  @Command(description = "Run a bundle's own tests without a server, and name each of them.")
  int test(@Parameters(paramLabel = "FILE", description = "YAML or JSON.") Path file) {
    LoadResult result = load(file);
    if (fedcore.json()) {
      surroundings.terminal().json(BundleReport.json(result, Optional.empty()));
    } else {
      new BundleReport(surroundings.terminal()).tests(result);
    }
    return exitCode(result);
  }

  @Command(description = "Make a key for signing bundles; print the verifier key.")
  int key(
      @Option(
              names = "--name",
              required = true,
              paramLabel = "NAME",
              description = "What the key is called, such as example.org/policy.")
          String name,
      @Option(
              names = "--out",
              required = true,
              paramLabel = "FILE",
              description = "A new file for the private key.")
          Path out) {
    String verifierKey = BundleSigning.makeKey(surroundings.resolve(out), name);
    if (fedcore.json()) {
      surroundings.terminal().json(JsonObject.builder().put("verifier_key", verifierKey).build());
    } else {
      surroundings.terminal().line(verifierKey);
    }
    return ExitCode.OK.number();
  }

  @Command(description = "Sign a sound bundle: write a signature into its file.")
  int sign(
      @Parameters(paramLabel = "FILE", description = "YAML or JSON; JSON is written anew.")
          Path file,
      @Option(
              names = "--key",
              required = true,
              paramLabel = "FILE",
              description = "As fedcore policy key made it.")
          Path key,
      @Option(names = "--add", description = "Keep the signatures that are there.") boolean add) {
    NoteSigner signer = BundleSigning.key(surroundings.resolve(key));
    LoadResult result = load(file);
    if (result instanceof LoadResult.Loaded(PolicyBundle bundle, _)) {
      BundleSigning.sign(surroundings.resolve(file), bundle, signer, add);
      result = load(file);
    }
    var keys = Optional.of(BundleSigning.believing(signer));
    if (fedcore.json()) {
      surroundings.terminal().json(BundleReport.json(result, keys));
    } else {
      new BundleReport(surroundings.terminal()).check(result, keys);
    }
    return exitCode(result);
  }

  @Command(description = "Make a bundle the active one on the server.")
  int activate(@Parameters(paramLabel = "FILE", description = "YAML or JSON.") Path file) {
    byte[] document = Inputs.file(surroundings.resolve(file));
    String type = isJson(document) ? "application/json" : "application/yaml";
    try (FedcoreClient client = server.connect(surroundings)) {
      Answer answer = client.postDocument("/policies", document, type).orFail();
      if (fedcore.json()) {
        surroundings.terminal().bytes(answer.bytes());
      } else {
        activated(answer.json());
      }
      return ExitCode.OK.number();
    }
  }

  @Command(description = "Ask the server's policy about a step, without doing anything.")
  int simulate(
      @Parameters(paramLabel = "WORKFLOW", description = "The workflow's id.") String workflow,
      @Option(
              names = "--step",
              paramLabel = "ID:TYPE",
              defaultValue = "step:ACT",
              description = "The step, such as step_4:ACT; step:ACT if not said.")
          String step,
      @Option(
              names = "--action",
              paramLabel = "JSON|@FILE",
              description = "The action: {\"type\", \"target\", \"parameters\"}.")
          Optional<String> action,
      @Option(
              names = "--input",
              paramLabel = "JSON|@FILE",
              description = "The run's input, a JSON object.")
          Optional<String> input,
      @Option(names = "--for", paramLabel = "ACTOR", description = "As if this actor asked.")
          Optional<String> actor) {
    String[] named = step.split(":", 2);
    var body =
        JsonObject.builder()
            .put("workflow_id", workflow)
            .put(
                "step",
                JsonObject.builder()
                    .put("id", named[0])
                    .put("type", named.length > 1 ? named[1] : "ACT")
                    .build());
    action.ifPresent(text -> body.put("action", Inputs.json(surroundings, "--action", text)));
    input.ifPresent(text -> body.put("input", Inputs.json(surroundings, "--input", text)));
    actor.ifPresent(name -> body.put("actor_id", name));
    try (FedcoreClient client = server.connect(surroundings)) {
      Answer answer = client.post("/policies/evaluate", body.build()).orFail();
      if (fedcore.json()) {
        surroundings.terminal().bytes(answer.bytes());
      } else {
        decision(answer.json());
      }
      return ExitCode.OK.number();
    }
  }

  private LoadResult load(Path file) {
    return BundleLoader.load(Inputs.file(surroundings.resolve(file)));
  }

  private static int exitCode(LoadResult result) {
    return switch (result) {
      case LoadResult.Loaded _ -> ExitCode.OK.number();
      case LoadResult.Rejected _ -> ExitCode.FAILED.number();
    };
  }

  private void activated(JsonView policy) {
    Terminal terminal = surroundings.terminal();
    terminal.line("%s %s is active".formatted(policy.text("policy_id"), policy.text("version")));
    terminal.line("  hash      " + policy.text("bundle_hash"));
    if (!policy.joined("signed_by").isEmpty()) {
      terminal.line("  signed by " + Terminal.printable(policy.joined("signed_by")));
    }
    if (policy.has("previous")) {
      JsonView previous = policy.object("previous");
      terminal.line("  replaces  " + previous.text("version") + " " + previous.text("bundle_hash"));
    }
  }

  private void decision(JsonView decision) {
    Terminal terminal = surroundings.terminal();
    terminal.line(terminal.tinted(decision.text("decision")) + "  tier " + decision.text("tier"));
    line("reason", decision.text("reason"));
    line("policy", decision.text("policy_id") + " " + decision.text("policy_version"));
    line("bundle", decision.text("bundle_hash"));
    line("rules", decision.joined("rules_triggered"));
    line("shadow", decision.joined("shadow_rules"));
    line("error", decision.text("error"));
  }

  private void line(String label, String text) {
    if (!text.isEmpty()) {
      surroundings.terminal().line("  %-7s %s".formatted(label, Terminal.printable(text)));
    }
  }

  private static boolean isJson(byte[] document) {
    for (byte b : document) {
      if (!Character.isWhitespace(b)) {
        return b == '{';
      }
    }
    return false;
  }
}
