package dev.fedcore.cli.verb;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.cli.client.FedcoreClient;
import dev.fedcore.cli.offline.LogProver;
import dev.fedcore.cli.offline.ProofCheck;
import dev.fedcore.cli.offline.VerifierKeys;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Inputs;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.NoteVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fedcore log …`: the Merkle log over all entries, its checkpoints and its proofs.
@Command(name = "log", description = "The log over all entries: checkpoints and proofs.")
final class LogVerbs {

  private static final String KEY =
      "The log's verifier key, kept since before; else the server's own is believed.";

  private final Surroundings surroundings;
  private final Fedcore fedcore;

  @Mixin private final ServerOptions server = new ServerOptions();

  LogVerbs(Surroundings surroundings, Fedcore fedcore) {
    this.surroundings = surroundings;
    this.fedcore = fedcore;
  }

  @Command(description = "Fetch the signed checkpoint and verify its signature.")
  int checkpoint(
      @Option(names = "--key", paramLabel = "FILE", description = KEY) Optional<Path> key,
      @Option(names = "--out", paramLabel = "FILE", description = "Keep the note in this file.")
          Optional<Path> out) {
    try (FedcoreClient client = server.connect(surroundings)) {
      List<NoteVerifier> verifiers = verifiers(client, key);
      byte[] note = client.get("/log/checkpoint").orFail().bytes();
      Checkpoint checkpoint = ProofCheck.checkpoint(note, verifiers);
      out.ifPresent(file -> write(surroundings.resolve(file), note));
      show(checkpoint, key.isEmpty());
      return ExitCode.OK.number();
    }
  }

  @Command(description = "Prove that an entry is in the log; writes a .tlog-proof.")
  int prove(
      @Parameters(paramLabel = "INDEX|RUN", description = "An entry's index, or a run's id.")
          String what,
      @Option(names = "--key", paramLabel = "FILE", description = KEY) Optional<Path> key,
      @Option(names = "--out", paramLabel = "FILE", description = "Where to; else printed.")
          Optional<Path> out) {
    try (FedcoreClient client = server.connect(surroundings)) {
      var prover = new LogProver(client, surroundings.clock());
      LogProver.Entry entry = prover.entry(what);
      LogProver.Proven proven = prover.prove(entry, verifiers(client, key));
      String text = proven.proof().format();
      if (out.isPresent()) {
        write(surroundings.resolve(out.get()), text.getBytes(UTF_8));
      } else if (!fedcore.json()) {
        surroundings.terminal().out().print(text);
      }
      report(entry, proven, key.isEmpty());
      return ExitCode.OK.number();
    }
  }

  @Command(description = "Verify a .tlog-proof or a checkpoint, without a server.")
  int verify(
      @Parameters(paramLabel = "FILE", description = "A .tlog-proof, or a checkpoint.") Path file,
      @Option(
              names = "--key",
              required = true,
              paramLabel = "FILE",
              description = "The log's verifier key.")
          Path key,
      @Option(
              names = "--entry",
              paramLabel = "HASH",
              description = "The entry's hash; a .tlog-proof needs it.")
          Optional<String> entry) {
    List<NoteVerifier> verifiers = VerifierKeys.file(surroundings.resolve(key));
    byte[] bytes = Inputs.file(surroundings.resolve(file));
    if (ProofCheck.isProof(bytes)) {
      String hash = entry.filter(Sha256::isHex).orElseThrow(LogVerbs::entryMissing);
      show(ProofCheck.proof(bytes, hash, verifiers), false);
    } else {
      show(ProofCheck.checkpoint(bytes, verifiers), false);
    }
    return ExitCode.OK.number();
  }

  private static Failure entryMissing() {
    return new Failure(
        ExitCode.USAGE,
        "a .tlog-proof proves one entry: give its hash with --entry (64 hex digits)");
  }

  private List<NoteVerifier> verifiers(FedcoreClient client, Optional<Path> key) {
    return key.map(file -> VerifierKeys.file(surroundings.resolve(file)))
        .orElseGet(() -> VerifierKeys.of(client.get("/log/key").orFail().bytes(), "/log/key"));
  }

  private void show(Checkpoint checkpoint, boolean serversOwnKey) {
    if (fedcore.json()) {
      surroundings.terminal().json(json(checkpoint, serversOwnKey).build());
      return;
    }
    var terminal = surroundings.terminal();
    terminal.line(terminal.tinted("verified"));
    terminal.line("  origin  " + checkpoint.origin());
    terminal.line("  size    " + checkpoint.size());
    terminal.line("  root    " + Sha256.hexOf(checkpoint.root()));
    warn(serversOwnKey);
  }

  private void report(LogProver.Entry entry, LogProver.Proven proven, boolean serversOwnKey) {
    if (fedcore.json()) {
      var json =
          json(proven.checkpoint(), serversOwnKey)
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
    warn(serversOwnKey);
  }

  private void warn(boolean serversOwnKey) {
    if (serversOwnKey) {
      surroundings
          .terminal()
          .progress(
              "note: the key came from the server itself; keep it elsewhere and give --key FILE");
    }
  }

  private static JsonObject.Builder json(Checkpoint checkpoint, boolean serversOwnKey) {
    return JsonObject.builder()
        .put("verified", true)
        .put("key_from_server", serversOwnKey)
        .put("origin", checkpoint.origin())
        .put("size", checkpoint.size())
        .put("root", Sha256.hexOf(checkpoint.root()));
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.write(file, bytes);
    } catch (IOException _) {
      throw new Failure(ExitCode.NO_INPUT, file + " cannot be written");
    }
  }
}
