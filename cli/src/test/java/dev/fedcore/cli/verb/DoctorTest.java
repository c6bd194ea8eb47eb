package dev.fedcore.cli.verb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.cli.terminal.Shell;
import dev.fedcore.ledger.sqlite.SqliteLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `fedcore doctor` finds what is wrong with a data directory, and no fault where there is none.
class DoctorTest {

  private static final int HEADER_BYTES = 100;

  @TempDir Path directory = Path.of("");

  @Test
  void finds_no_fault_before_the_first_start() {
    assertThat(doctor().run("doctor", "--data", "none")).isZero();
  }

  @Test
  void counts_the_entries_of_a_ledger() {
    SqliteLedger.open(directory).close();
    Shell shell = doctor();
    assertThat(shell.run("doctor", "--data", ".")).isZero();
    assertThat(shell.out()).contains("ledger       0 entries");
  }

  @Test
  void finds_a_damaged_ledger_and_says_what_helps() throws IOException {
    SqliteLedger.open(directory).close();
    Path file = directory.resolve("ledger.db");
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, HEADER_BYTES, bytes.length, (byte) 0xff);
    Files.write(file, bytes);

    Shell shell = doctor();
    assertThat(shell.run("doctor", "--data", ".")).isEqualTo(1);
    assertThat(shell.out()).contains("FAILED   ledger").contains("damaged").contains("backup");
  }

  @Test
  void warns_of_a_ledger_that_the_next_start_brings_up_to_date() throws IOException {
    Files.createFile(directory.resolve("ledger.db"));
    Shell shell = doctor();
    assertThat(shell.run("doctor", "--data", ".")).isZero();
    assertThat(shell.out()).contains("warning  ledger").contains("start the server on it once");
  }

  @Test
  void finds_a_file_that_is_no_ledger() throws IOException {
    Files.writeString(directory.resolve("ledger.db"), "minutes of the meeting");
    assertThat(doctor().run("doctor", "--data", ".")).isEqualTo(1);
  }

  private Shell doctor() {
    return new Shell(
        directory,
        Map.of("FEDCORE_URL", "http://127.0.0.1:1"),
        () -> Shell.NOW,
        CommandTree::execute);
  }
}
