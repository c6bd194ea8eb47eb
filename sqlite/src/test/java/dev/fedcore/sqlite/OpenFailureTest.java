package dev.fedcore.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What stands on the screen of whoever starts a server and cannot.
class OpenFailureTest {

  /// Codes with their extended forms, such as SQLITE_CANTOPEN_ISDIR.
  @ParameterizedTest
  @CsvSource({
    "5, another program has it open",
    "8, the file is closed to this user",
    "11, the file is damaged",
    "13, the disk is full",
    "14, the file is closed to this user",
    "526, the file is closed to this user"
  })
  void names_a_remedy_for_what_sqlite_says(int code, String begin) {
    assertThat(OpenFailure.why(new SQLException("[SQLITE]", null, code)))
        .startsWith(begin)
        .containsPattern(": (end|run as|put|free) ");
  }

  @Test
  void names_a_directory_of_somebody_else() {
    assertThat(OpenFailure.why(new AccessDeniedException("/srv/data")))
        .isEqualTo(
            "/srv/data is closed to this user: run as the user that it belongs to, or name another"
                + " data directory");
  }

  @Test
  void passes_on_what_it_does_not_know() {
    assertThat(OpenFailure.why(new IOException("Input/output error")))
        .isEqualTo("Input/output error");
    assertThat(OpenFailure.why(new SQLException("[SQLITE_IOERR]", null, 10)))
        .isEqualTo("[SQLITE_IOERR]");
  }
}
