package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.AppendResult.Appended;
import dev.fedcore.ledger.Sample;
import dev.fedcore.sqlite.StoreRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// Another process on a data directory: appends until it is killed, and notes what was answered.
final class OtherProcess {

  /// The exit status of one that was refused the directory.
  static final int REFUSED = 3;

  /// Where the one who was refused says why.
  static final String REASON = "reason.txt";

  /// Where the one who appends notes each version after it was answered, a line each.
  static final String ANSWERED = "answered.txt";

  private OtherProcess() {}

  /// Runs until it is killed or refused.
  ///
  /// @param arguments the data directory, and the directory for notes
  public static void main(String[] arguments) throws IOException {
    Path notes = Path.of(arguments[1]);
    try (var ledger = SqliteLedger.open(Path.of(arguments[0]))) {
      for (long version = 0; ; version++) {
        var result = ledger.append(Sample.of(Sample.run(1), version, "entry " + version).append());
        if (result instanceof Appended(long now, long _)) {
          Files.writeString(
              notes.resolve(ANSWERED),
              now + "\n",
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND);
        }
      }
    } catch (StoreRefused refused) {
      Files.writeString(notes.resolve(REASON), String.valueOf(refused.getMessage()));
      System.exit(REFUSED);
    }
  }

  static Process start(Path dataDirectory, Path notes) throws IOException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            OtherProcess.class.getName(),
            dataDirectory.toString(),
            notes.toString());
    return new ProcessBuilder(command).inheritIO().start();
  }
}
