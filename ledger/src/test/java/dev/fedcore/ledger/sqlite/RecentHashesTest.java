package dev.fedcore.ledger.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/// What is remembered of the log's end is what was committed there, and never a hash of another
/// entry.
class RecentHashesTest {

  private static final int ENTRIES_MAX = RecentHashes.ENTRIES_MAX;

  private final RecentHashes recent = new RecentHashes();

  @Test
  void gives_what_follows_without_a_gap() {
    add(3, 4);
    add(6, 6);
    assertThat(from(3, 10)).containsExactly(3L, 4L);
    assertThat(from(6, 10)).containsExactly(6L);

    add(5, 5);
    assertThat(from(3, 10)).containsExactly(3L, 4L, 5L, 6L);
    assertThat(from(4, 2)).containsExactly(4L, 5L);
  }

  @Test
  void gives_nothing_for_an_entry_that_it_was_not_told_of() {
    add(0, 0);
    assertThat(from(1, 10)).isEmpty();
    assertThat(from(-1, 10)).isEmpty();
    assertThat(from(0, 0)).isEmpty();
  }

  @Test
  void forgets_an_entry_for_a_later_one_in_its_place() {
    add(0, 1);
    add(ENTRIES_MAX, ENTRIES_MAX);
    assertThat(from(0, 10)).isEmpty();
    assertThat(from(1, 10)).containsExactly(1L);
    assertThat(from(ENTRIES_MAX, 10)).containsExactly((long) ENTRIES_MAX);
  }

  /// Adds hashes that begin with the indices of their entries.
  private void add(long first, long last) {
    List<byte[]> hashes =
        LongStream.rangeClosed(first, last)
            .mapToObj(index -> ByteBuffer.allocate(32).putLong(index).array())
            .toList();
    recent.add(first, hashes);
  }

  private List<Long> from(long index, int limit) {
    return recent.from(index, limit).stream().map(hash -> ByteBuffer.wrap(hash).getLong()).toList();
  }
}
