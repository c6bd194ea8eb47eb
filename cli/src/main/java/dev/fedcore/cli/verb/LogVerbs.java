package dev.fedcore.cli.verb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.cli.client.FedcoreClient;
import dev.fedcore.cli.offline.LogMonitor;
import dev.fedcore.cli.offline.LogProver;
import dev.fedcore.cli.offline.MonitorScreen;
import dev.fedcore.cli.offline.Policies;
import dev.fedcore.cli.offline.ProofCheck;
import dev.fedcore.cli.offline.VerifierKeys;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Inputs;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.CheckpointTrust;
import dev.fedcore.evidence.note.Note;
import dev.fedcore.evidence.note.TlogProof;
import dev.fedcore.evidence.witness.WitnessPolicy;
import dev.fedcore.evidence.witness.WitnessPolicy.Cosignature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `fedcore log …`: the Merkle log over all entries, its checkpoints and its proofs.
@Command(name = "log", description = "The log over all entries: checkpoints and proofs.")
final class LogVerbs {

  private final Surroundings surroundings;
  private final Fedcore fedcore;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final ServerOptions server = new ServerOptions();

  LogVerbs(Surroundings surroundings, Fedcore fedcore) {
    this.surroundings = surroundings;
    this.fedcore = fedcore;
  }

  @Command(description = "Fetch the signed checkpoint and verify its signature.")
  int checkpoint(
      @Mixin TrustOptions trust,
      @Option(names = "--out", paramLabel = "FILE", description = "Keep the note in this file.")
          Optional<Path> out) {
    try (FedcoreClient client = server.connect(surroundings)) {
      Believed believed = believed(client, trust);
      byte[] note = client.get("/log/checkpoint").orFail().bytes();
      Checkpoint checkpoint = ProofCheck.checkpoint(note, believed.trust());
      out.ifPresent(file -> write(surroundings.resolve(file), note));
      show(new Verified(checkpoint, cosignatures(believed.trust(), note)), believed);
      return ExitCode.OK.number();
    }
  }

  @Command(description = "Prove that an entry is in the log; writes a .tlog-proof.")
  int prove(
      @Parameters(paramLabel = "INDEX|RUN", description = "An entry's index, or a run's id.")
          String what,
      @Mixin TrustOptions trust,
      @Option(names = "--out", paramLabel = "FILE", description = "Where to; else printed.")
          Optional<Path> out) {
    try (FedcoreClient client = server.connect(surroundings)) {
      Believed believed = believed(client, trust);
      var prover = new LogProver(client, surroundings.clock());
      LogProver.Entry entry = prover.entry(what);
      LogProver.Proven proven = prover.prove(entry, believed.trust());
      String text = proven.proof().format();
      if (out.isPresent()) {
        write(surroundings.resolve(out.get()), text.getBytes(UTF_8));
      } else if (!fedcore.json()) {
        surroundings.terminal().out().print(text);
      }
      report(entry, proven, believed);
      return ExitCode.OK.number();
    }
  }

  @Command(description = "Verify a .tlog-proof or a checkpoint, without a server.")
  int verify(
      @Parameters(paramLabel = "FILE", description = "A .tlog-proof, or a checkpoint.") Path file,
      @Mixin TrustOptions trust,
      @Option(
              names = "--entry",
              paramLabel = "HASH",
              description = "The entry's hash; a .tlog-proof needs it.")
          Optional<String> entry) {
    var believed = new Believed(trust.given(surroundings).orElseThrow(this::trustMissing), false);
    byte[] bytes = Inputs.file(surroundings.resolve(file));
    if (ProofCheck.isProof(bytes)) {
      String hash = entry.filter(Sha256::isHex).orElseThrow(LogVerbs::entryMissing);
      Checkpoint checkpoint = ProofCheck.proof(bytes, hash, believed.trust());
      byte[] note = TlogProof.parse(bytes).checkpoint().getBytes(UTF_8);
      show(new Verified(checkpoint, cosignatures(believed.trust(), note)), believed);
    } else {
      Checkpoint checkpoint = ProofCheck.checkpoint(bytes, believed.trust());
      show(new Verified(checkpoint, cosignatures(believed.trust(), bytes)), believed);
    }
    return ExitCode.OK.number();
  }

  @Command(description = "Read the whole log again and compare its head with its witnesses'.")
  int monitor(
      @Option(
              names = "--policy",
              required = true,
              paramLabel = "FILE",
              description = "A witness policy that says which log, and where its witnesses are.")
          Path policy,
      @Option(
              names = "--kept",
              paramLabel = "FILE",
              description =
                  "A checkpoint kept since the last time, which the log must have grown out of; "
                      + "replaced when all is well.")
          Optional<Path> kept) {
    var terminal = surroundings.terminal();
    WitnessPolicy policies = Policies.file(surroundings.resolve(policy), List.of());
    Optional<Path> file = kept.map(surroundings::resolve);
    LogMonitor.Seen seen;
    try (FedcoreClient client = server.connect(surroundings)) {
      seen =
          LogMonitor.look(
              client, policies, file.filter(Files::exists).map(Inputs::file), terminal::progress);
    }
    if (seen.isSound()) {
      file.ifPresent(place -> write(place, seen.note().getBytes(UTF_8)));
    }
    new MonitorScreen(terminal, fedcore.json()).show(seen);
    return (seen.isSound() ? ExitCode.OK : ExitCode.FAILED).number();
  }

  /// @param fromServer whether nobody but the server itself says so
  private record Believed(CheckpointTrust trust, boolean fromServer) {}

  /// A checkpoint that is believed, and which witnesses of the policy cosigned it.
  private record Verified(Checkpoint checkpoint, List<Cosignature> cosignatures) {}

  private static List<Cosignature> cosignatures(CheckpointTrust trust, byte[] note) {
    return trust instanceof WitnessPolicy policy
        ? policy.cosignatures(Note.parse(note))
        : List.of();
  }

  private ParameterException trustMissing() {
    return new ParameterException(
        spec.commandLine().getSubcommands().get("verify"),
        "say whom to believe: --key FILE, or --policy FILE");
  }

  private static Failure entryMissing() {
    return new Failure(
        ExitCode.USAGE,
        "a .tlog-proof proves one entry: give its hash with --entry (64 hex digits)");
  }

  private Believed believed(FedcoreClient client, TrustOptions trust) {
    return trust
        .given(surroundings)
        .map(given -> new Believed(given, false))
        .orElseGet(() -> {
          byte[] key = client.get("/log/key").orFail().bytes();
          return new Believed(CheckpointTrust.inKeys(VerifierKeys.of(key, "/log/key")), true);
        });
  }

  private void show(Verified verified, Believed believed) {
    if (fedcore.json()) {
      surroundings.terminal().json(json(verified, believed).build());
      return;
    }
    var terminal = surroundings.terminal();
    Checkpoint checkpoint = verified.checkpoint();
    terminal.line(terminal.tinted("verified"));
    terminal.line("  origin  " + checkpoint.origin());
    terminal.line("  size    " + checkpoint.size());
    terminal.line("  root    " + Sha256.hexOf(checkpoint.root()));
    for (Cosignature cosignature : verified.cosignatures()) {
      terminal.line("  witness %s, %s".formatted(cosignature.witness().name(), cosignature.time()));
    }
    warn(believed);
  }

  private void report(LogProver.Entry entry, LogProver.Proven proven, Believed believed) {
    List<Cosignature> cosigned =
        cosignatures(believed.trust(), proven.proof().checkpoint().getBytes(UTF_8));
    if (fedcore.json()) {
      var json =
          json(new Verified(proven.checkpoint(), cosigned), believed)
              .put("index", entry.index())
              .put("entry_hash", entry.hash())
              .put("proof", proven.proof().format());
      surroundings.terminal().json(json.build());
      return;
    }
    surroundings
        .terminal()
        .progress(
            "entry %d, hash %s, is in the log of size %d"
                .formatted(entry.index(), entry.hash(), proven.checkpoint().size()));
    warn(believed);
  }

  private void warn(Believed believed) {
    if (believed.fromServer()) {
      surroundings
          .terminal()
          .progress(
              "note: the key came from the server itself; keep it elsewhere and give --key FILE");
    }
  }

  private static JsonObject.Builder json(Verified verified, Believed believed) {
    List<JsonValue> cosigned =
        verified.cosignatures().stream()
            .<JsonValue>map(each ->
                JsonObject.builder()
                    .put("witness", each.witness().name())
                    .put("time", each.time().toString())
                    .build())
            .toList();
    return JsonObject.builder()
        .put("verified", true)
        .put("key_from_server", believed.fromServer())
        .put("origin", verified.checkpoint().origin())
        .put("size", verified.checkpoint().size())
        .put("root", Sha256.hexOf(verified.checkpoint().root()))
        .put("cosignatures", new JsonArray(cosigned));
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException _) {
      throw new Failure(ExitCode.NO_INPUT, file + " cannot be written");
    }
  }
}
