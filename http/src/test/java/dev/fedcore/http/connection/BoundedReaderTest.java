package dev.fedcore.http.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.fedcore.http.connection.BodyRefused.Reason;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;

/// What arrives a byte at a time, which on a real connection nobody can be made to.
class BoundedReaderTest {

  private static final int ROOM_BYTES = 1_000;

  private final Semaphore room = new Semaphore(ROOM_BYTES);

  private BoundedReader reads(String text) {
    byte[] bytes = text.getBytes(US_ASCII);
    int[] at = {0};
    return BoundedReader.over(
        DataReader.create(() -> at[0] < bytes.length ? new byte[] {bytes[at[0]++]} : null),
        new BodyRoom(room));
  }

  @Test
  void gives_lines_and_chunks_as_they_were_sent() {
    BoundedReader reader = reads("12c\r\n" + "x".repeat(300) + "\r\n1\r\ny\r\n0\r\n\r\nGET");

    assertThat(reader.readLine()).isEqualTo("12c");
    assertThat(reader.readBuffer(300).readString(300)).isEqualTo("x".repeat(300));
    assertThat(room.availablePermits()).isEqualTo(ROOM_BYTES - 300);
    reader.skip(2);
    assertThat(reader.readLine()).isEqualTo("1");
    assertThat(room.availablePermits()).isEqualTo(ROOM_BYTES);
    assertThat(reader.readBuffer(1).readString(1)).isEqualTo("y");
    reader.skip(2);
    assertThat(reader.readLine()).isEqualTo("0");
    assertThat(reader.readLine()).isEmpty();
    assertThat(reader.readAsciiString(3)).isEqualTo("GET");
  }

  @Test
  void ends_the_connection_when_a_line_comes_in_too_many_pieces() {
    assertThat(reads("x".repeat(254) + "\r\n").findNewLine(1000)).isEqualTo(254);

    BoundedReader reader = reads("x".repeat(1000));
    assertThatExceptionOfType(CloseConnectionException.class)
        .isThrownBy(() -> reader.findNewLine(1000));
  }

  @Test
  void ends_the_connection_when_the_line_before_a_chunk_does_not_end() {
    BoundedReader reader =
        BoundedReader.over(DataReader.create(() -> new byte[100]), new BodyRoom(room));

    assertThatExceptionOfType(CloseConnectionException.class).isThrownBy(reader::readLine);
  }

  @Test
  void refuses_chunks_for_which_there_is_no_room() {
    BoundedReader small = reads("x".repeat(ROOM_BYTES + 1));
    assertThatExceptionOfType(BodyRefused.class)
        .isThrownBy(() -> small.readBuffer(ROOM_BYTES + 1))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.NO_ROOM));

    BoundedReader large = reads("x");
    assertThatExceptionOfType(BodyRefused.class)
        .isThrownBy(() -> large.readBuffer(Integer.MAX_VALUE))
        .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.TOO_LARGE));
    assertThatExceptionOfType(CloseConnectionException.class).isThrownBy(large::lookup);
  }
}
