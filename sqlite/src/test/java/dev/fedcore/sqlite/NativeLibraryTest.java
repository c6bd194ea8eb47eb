package dev.fedcore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How SQLite gets into a process, seen in processes of its own: this one has it already.
class NativeLibraryTest {

  @TempDir private Path directory;

  @Test
  void leaves_nothing_behind_in_a_process_that_is_killed() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));

    assertThat(said(temporary)).isEqualTo("opened");

    assertThat(directory.resolve("notes.db")).exists();
    assertThat(temporary).isEmptyDirectory();
  }

  @Test
  void names_the_directory_it_cannot_pass_through() throws Exception {
    Path file = Files.createFile(directory.resolve("tmp"));

    assertThat(said(file))
        .isEqualTo(
            "SQLite cannot be loaded through %s: make it a directory that can be written to and"
                    .formatted(file)
                + " is not mounted noexec, or name another with -Dorg.sqlite.tmpdir");
  }

  private String said(Path temporary) throws Exception {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED",
                    "-Dorg.sqlite.tmpdir=" + temporary,
                    "-cp",
                    System.getProperty("java.class.path"),
                    Killed.class.getName(),
                    directory.resolve("notes.db").toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  /// Opens a file, says how that went, and ends as one that is killed does: without tidying up.
  static final class Killed {

    private Killed() {}

    public static void main(String[] arguments) throws IOException, SQLException {
      String said = "opened";
      try {
        new SqliteFile(Path.of(arguments[0])).openForWriting();
      } catch (StoreRefused e) {
        said = String.valueOf(e.getMessage());
      }
      System.out.write(said.getBytes(StandardCharsets.UTF_8));
      System.out.flush();
      Runtime.getRuntime().halt(0);
    }
  }
}
