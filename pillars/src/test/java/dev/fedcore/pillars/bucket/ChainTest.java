package dev.fedcore.pillars.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.pillars.bucket.store.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is in the file cannot be changed unseen.
class ChainTest {

  @TempDir private Path directory;

  @Test
  void the_file_refuses_updates_and_deletions() {
    try (var served = Served.in(directory)) {
      served.executed("t");
      served.get("/core/events?requester_id=nobody&product_id=workflow");
    }
    for (String sql :
        List.of(
            "UPDATE event SET product = 'other'",
            "DELETE FROM event",
            "UPDATE audit SET outcome = 'success'",
            "DELETE FROM audit")) {
      assertThatThrownBy(() -> execute(sql)).as(sql).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void one_changed_byte_in_the_file_is_found() throws IOException {
    try (var served = Served.in(directory)) {
      served.executed("first");
      served.executed("second-trace-of-three");
      served.executed("third");
    }
    Path file = directory.resolve("bucket.db");
    byte[] bytes = Files.readAllBytes(file);
    int at = indexOf(bytes, "second-trace-of-three");
    bytes[at] = 'S';
    Files.write(file, bytes);

    try (var served = Served.in(directory)) {
      assertThat(broken(served).seq()).isEqualTo(1);
      assertThat(broken(served).what()).contains("hash");
      assertThat(served.get("/core/events/verify?requester_id=auditor").text("/sound"))
          .isEqualTo("false");
    }
  }

  @Test
  void an_event_that_is_moved_to_another_product_is_found() throws SQLException {
    try (var served = Served.in(directory)) {
      served.executed("t");
    }
    execute("DROP TRIGGER event_is_never_changed; UPDATE event SET product = 'gurukul'");

    try (var served = Served.in(directory)) {
      assertThat(broken(served).what()).contains("another product");
    }
  }

  @Test
  void an_event_that_is_taken_out_of_the_middle_or_off_the_end_is_found() throws SQLException {
    try (var served = Served.in(directory)) {
      served.executed("1");
      served.executed("2");
      served.executed("3");
    }
    execute("DROP TRIGGER event_is_never_removed; DELETE FROM event WHERE seq = 2");
    try (var served = Served.in(directory)) {
      assertThat(broken(served).what()).contains("3 entries were counted");
    }
    execute("DELETE FROM event WHERE seq = 0");
    try (var served = Served.in(directory)) {
      assertThat(broken(served).seq()).isZero();
    }
  }

  private static Verification.Break broken(Served served) {
    return served.bucket().verify().getFirst().broken().orElseThrow();
  }

  private void execute(String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("bucket.db"));
        var statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  private static int indexOf(byte[] bytes, String text) {
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
    assertThat(at).isPositive();
    return at;
  }
}
