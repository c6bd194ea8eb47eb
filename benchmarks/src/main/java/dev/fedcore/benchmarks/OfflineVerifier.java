package dev.fedcore.benchmarks;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.log.DirectoryTiles;
import dev.fedcore.evidence.log.LogWalk;
import dev.fedcore.evidence.log.TileLog;
import dev.fedcore.evidence.note.Checkpoint;
import dev.fedcore.evidence.note.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// Verifies what a server has left: everything with `fedcore verify DIR`, in a process of its own
/// and with the launcher's options, and the log alone with what `fedcore log monitor` reads it
/// with.
///
/// @param data a data directory that no server works on
record OfflineVerifier(Path data) {

  /// What was verified.
  ///
  /// @param verified whether nothing was found
  /// @param nanos with the start of the process, if there was one
  record Verified(boolean verified, long rows, long nanos) {

    double perSecond() {
      return rows / (nanos / 1e9);
    }
  }

  /// Every stream with its receipts and views, and the log over all of them.
  ///
  /// @throws IOException if the verifier does not answer
  Verified everything() throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    long begun = System.nanoTime();
    Process process =
        new ProcessBuilder(
                java,
                "-XX:+UseParallelGC",
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("fedcore.verify.classpath"),
                "dev.fedcore.cli.Main",
                "verify",
                data.toString(),
                "--json")
            .redirectError(data.resolve("verify.log").toFile())
            .start();
    byte[] answer = process.getInputStream().readAllBytes();
    process.waitFor();
    long nanos = System.nanoTime() - begun;
    if (answer.length == 0) {
      throw new IOException(
          "the verifier did not answer: " + Files.readString(data.resolve("verify.log")));
    }
    JsonFields report =
        JsonFields.of(JsonReader.readObject(answer, new JsonLimits(16 << 20, 64, 1_000_000)), "");
    return new Verified(
        report.bool("verified", false), report.integer("entries", 0, Long.MAX_VALUE >> 10), nanos);
  }

  /// The log alone: its root from its entries, and every tile.
  Verified log() throws IOException {
    Path log = data.resolve("log");
    long begun = System.nanoTime();
    byte[] note = Files.readAllBytes(log.resolve(TileLog.CHECKPOINT));
    Checkpoint signed = Checkpoint.parse(Note.parse(note).text());
    LogWalk walk = LogWalk.over(new DirectoryTiles(log), signed.size(), _ -> {});
    boolean verified = Arrays.equals(walk.root(), signed.root()) && walk.differences().isEmpty();
    return new Verified(verified, signed.size(), System.nanoTime() - begun);
  }
}
