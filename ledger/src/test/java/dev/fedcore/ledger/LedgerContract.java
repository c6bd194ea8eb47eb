package dev.fedcore.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.engine.ledger.Append;
import dev.fedcore.engine.ledger.AppendResult;
import dev.fedcore.engine.ledger.AppendResult.Appended;
import dev.fedcore.engine.ledger.AppendResult.VersionConflict;
import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.run.RunStatus;
import dev.fedcore.testing.ForAll;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What every ledger must do with entries and receipts; [LedgerViewContract] has the rest. Each
/// implementation has a test class that extends this one and overrides the two factories.
public abstract class LedgerContract {

  private static final RunId RUN = Sample.run(1);
  private static final RunId OTHER = Sample.run(2);
  private static final StreamId STREAM = StreamId.of(RUN);
  private static final StreamId OTHER_STREAM = StreamId.of(OTHER);

  /// The ledger of this test, empty when the test begins; the same at every call.
  protected abstract Ledger ledger();

  /// Closes [#ledger] and opens the same store again.
  protected abstract Ledger reopened();

  @Nested
  class An_empty_ledger {

    @Test
    void has_no_entries_no_hashes_and_no_receipts() {
      assertThat(ledger().size()).isZero();
      assertThat(ledger().stream(STREAM, 0, 10)).isEmpty();
      assertThat(ledger().log(0, 10)).isEmpty();
      assertThat(ledger().log(Sample.TENANT, 0, 10)).isEmpty();
      assertThat(ledger().hashes(0, 10)).isEmpty();
      assertThat(ledger().receipts(RUN)).isEmpty();
    }

    @Test
    void has_no_version_but_0() {
      var result = ledger().append(Sample.of(RUN, 3, "d").append());

      assertThat(result).isEqualTo(new VersionConflict(3, 0));
      assertThat(ledger().size()).isZero();
    }
  }

  @Nested
  class An_append {

    @Test
    void gives_the_version_and_the_last_index() {
      assertThat(ledger().append(Sample.of(RUN, 0, "a", "b").append()))
          .isEqualTo(new Appended(2, 1));
      assertThat(ledger().append(Sample.of(RUN, 2, "c").append())).isEqualTo(new Appended(3, 2));
      assertThat(ledger().append(Sample.of(OTHER, 0, "d").append())).isEqualTo(new Appended(1, 3));
    }

    @Test
    void is_seen_by_every_read_that_starts_afterwards() {
      for (int i = 0; i < 100; i++) {
        ledger().append(Sample.of(RUN, i, "entry " + i).append());

        assertThat(ledger().size()).isEqualTo(i + 1);
        assertThat(ledger().stream(STREAM, i, 1)).hasSize(1);
      }
    }

    @Test
    void against_an_old_version_changes_nothing() {
      ledger().append(Sample.of(RUN, 0, "a", "b").append());
      var late =
          Sample.of(RUN, 1, "late")
              .receipts("late receipt")
              .run(Sample.row(RUN, RunStatus.FAILED))
              .gates(Sample.gateRow(1, RUN, GateStatus.PENDING, Sample.AT))
              .records(Sample.record("definition", "late", "{}"))
              .outbox(Sample.message("late", "webhook"))
              .answer(Sample.answer("late", "{}"));

      assertThat(ledger().append(late.append())).isEqualTo(new VersionConflict(1, 2));

      assertThat(ledger().size()).isEqualTo(2);
      assertThat(ledger().receipts(RUN)).isEmpty();
      assertThat(ledger().run(RUN)).isEmpty();
      assertThat(ledger().gates(RUN)).isEmpty();
      assertThat(ledger().records(Sample.TENANT, "definition", "")).isEmpty();
      assertThat(ledger().outbox("webhook", 10)).isEmpty();
      assertThat(ledger().answer(Sample.TENANT, "late")).isEmpty();
    }

    @Test
    void against_a_version_not_reached_yet_changes_nothing() {
      ledger().append(Sample.of(RUN, 0, "a").append());

      assertThat(ledger().append(Sample.of(RUN, 2, "c").append()))
          .isEqualTo(new VersionConflict(2, 1));
      assertThat(ledger().size()).isEqualTo(1);
    }

    @Test
    void has_at_most_1024_entries() {
      String[] most = Sample.texts(Append.ENTRIES_MAX);
      String[] tooMany = Sample.texts(Append.ENTRIES_MAX + 1);

      assertThat(ledger().append(Sample.of(RUN, 0, most).append()))
          .isEqualTo(new Appended(1_024, 1_023));
      assertThatThrownBy(() -> Sample.of(OTHER, 0, tooMany))
          .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void with_a_hash_that_is_none_is_refused() {
      var unhashed =
          Append.of(STREAM, Sample.TENANT, 0, List.of(new Document(new byte[1], "not a hash")));

      assertThatThrownBy(() -> ledger().append(unhashed))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(ledger().size()).isZero();
    }
  }

  @Nested
  class Appends_at_once {

    @Test
    void to_one_stream_are_won_by_exactly_one() throws Exception {
      var attempts =
          IntStream.range(0, 16)
              .<Callable<AppendResult>>mapToObj(
                  i -> () -> ledger().append(Sample.of(RUN, 0, "from " + i).append()))
              .toList();

      List<AppendResult> results = all(attempts);

      assertThat(results).filteredOn(Appended.class::isInstance).hasSize(1);
      assertThat(results)
          .filteredOn(VersionConflict.class::isInstance)
          .hasSize(15)
          .containsOnly(new VersionConflict(0, 1));
      assertThat(ledger().size()).isEqualTo(1);
    }

    @Test
    void to_many_streams_leave_one_log_without_gaps() throws Exception {
      var attempts =
          IntStream.range(0, 64)
              .<Callable<AppendResult>>mapToObj(
                  i -> () -> ledger().append(Sample.of(Sample.run(i), 0, "a", "b", "c").append()))
              .toList();

      List<AppendResult> results = all(attempts);

      assertThat(results).allMatch(Appended.class::isInstance);
      assertThat(ledger().log(0, 1_000))
          .extracting(LoggedEntry::index)
          .isEqualTo(LongStream.range(0, 192).boxed().toList());
      for (AppendResult result : results) {
        long last = ((Appended) result).lastIndex();
        assertThat(ledger().log(last - 2, 3))
            .extracting(LoggedEntry::seq)
            .containsExactly(0L, 1L, 2L);
      }
    }

    @Test
    void are_never_seen_in_part() throws Exception {
      var torn = new ConcurrentLinkedQueue<Integer>();
      var attempts = new ArrayList<Callable<AppendResult>>();
      for (int i = 0; i < 32; i++) {
        RunId run = Sample.run(i);
        attempts.add(() -> {
          var result = ledger().append(Sample.of(run, 0, "a", "b", "c").append());
          torn.add(ledger().log(0, 1_000).size() % 3);
          return result;
        });
      }

      all(attempts);

      assertThat(torn).hasSize(32).containsOnly(0);
    }
  }

  @Nested
  class A_stream {

    @Test
    void is_read_in_order_with_its_bytes_and_hashes() {
      ledger().append(Sample.of(RUN, 0, "a", "ü\u0000\uD83D\uDE00").append());
      ledger().append(Sample.of(OTHER, 0, "x").append());
      ledger().append(Sample.of(RUN, 2, "c").append());

      assertThat(ledger().stream(STREAM, 0, 10))
          .containsExactly(
              new LoggedEntry(0, STREAM, 0, Sample.document("a")),
              new LoggedEntry(1, STREAM, 1, Sample.document("ü\u0000\uD83D\uDE00")),
              new LoggedEntry(3, STREAM, 2, Sample.document("c")));
      assertThat(ledger().stream(OTHER_STREAM, 0, 10))
          .containsExactly(new LoggedEntry(2, OTHER_STREAM, 0, Sample.document("x")));
    }

    @Test
    void is_read_from_a_place_and_up_to_a_limit() {
      ledger().append(Sample.of(RUN, 0, "a", "b", "c", "d").append());

      assertThat(ledger().stream(STREAM, 1, 2))
          .extracting(LoggedEntry::seq)
          .containsExactly(1L, 2L);
      assertThat(ledger().stream(STREAM, 4, 2)).isEmpty();
      assertThat(ledger().stream(STREAM, 0, 0)).isEmpty();
      assertThat(ledger().stream(STREAM, 0, -1)).isEmpty();
    }

    @Test
    void gives_its_newest_entry() {
      ledger().append(Sample.of(RUN, 0, "a", "b").append());
      ledger().append(Sample.of(OTHER, 0, "x").append());

      assertThat(ledger().last(STREAM))
          .contains(new LoggedEntry(1, STREAM, 1, Sample.document("b")));
      assertThat(ledger().last(StreamId.of(Sample.run(3)))).isEmpty();
    }

    @Test
    void may_be_a_tenants_own() {
      var stream = StreamId.of(Sample.TENANT);

      ledger().append(Sample.of(Sample.TENANT, stream, 0, "refused").append());

      assertThat(ledger().stream(stream, 0, 10)).hasSize(1);
    }
  }

  @Nested
  class The_log {

    @Test
    void is_never_read_beyond_10000_rows() {
      for (int i = 0; i < 10; i++) {
        ledger().append(Sample.of(RUN, i * 1_000L, Sample.texts(1_000)).append());
      }
      assertThat(ledger().log(0, Ledger.ROWS_MAX)).hasSize(10_000);

      ledger().append(Sample.of(RUN, 10_000, "one more").append());

      assertThat(ledger().log(0, Ledger.ROWS_MAX)).hasSize(10_000);
      assertThat(ledger().log(0, Integer.MAX_VALUE)).hasSize(10_000);
      assertThat(ledger().hashes(0, Integer.MAX_VALUE)).hasSize(10_000);
      assertThat(ledger().stream(STREAM, 0, Integer.MAX_VALUE)).hasSize(10_000);
      assertThat(ledger().log(Sample.TENANT, 0, Integer.MAX_VALUE)).hasSize(10_000);
      assertThat(ledger().log(10_000, 10)).hasSize(1);
    }

    @Test
    void shows_one_tenant_only_what_is_its_own() {
      ledger().append(Sample.of(RUN, 0, "a").append());
      ledger().append(Sample.of(Sample.OTHER_TENANT, OTHER_STREAM, 0, "x", "y").append());
      ledger().append(Sample.of(RUN, 1, "b").append());

      assertThat(ledger().log(Sample.TENANT, 0, 10))
          .extracting(LoggedEntry::index)
          .containsExactly(0L, 3L);
      assertThat(ledger().log(Sample.OTHER_TENANT, 2, 10))
          .containsExactly(new LoggedEntry(2, OTHER_STREAM, 1, Sample.document("y")));
      assertThat(ledger().log(Sample.TENANT, 0, 1)).hasSize(1);
    }

    @Test
    void has_an_append_of_many_in_its_order() {
      String[] texts = Sample.texts(40);
      ledger().append(Sample.of(OTHER, 0, "before").append());
      ledger().append(Sample.of(RUN, 0, texts).receipts(texts).append());

      List<LoggedEntry> entries = ledger().stream(STREAM, 0, 100);
      assertThat(entries).extracting(LoggedEntry::document).isEqualTo(Sample.documents(texts));
      assertThat(entries).allMatch(entry -> entry.index() == entry.seq() + 1);
      assertThat(entries.getLast().seq()).isEqualTo(39);
      assertThat(ledger().receipts(RUN)).isEqualTo(Sample.documents(texts));
    }

    @Test
    void gives_the_hash_of_every_entry() {
      ledger().append(Sample.of(RUN, 0, "a", "b").append());
      ledger().append(Sample.of(OTHER, 0, "c").append());

      assertThat(ledger().hashes(1, 10))
          .map(HexFormat.of()::formatHex)
          .containsExactly(Sample.document("b").hash(), Sample.document("c").hash());
    }
  }

  @Nested
  class Receipts {

    @Test
    void are_kept_in_the_order_they_were_given() {
      ledger().append(Sample.of(RUN, 0, "a").receipts("z", "y").append());
      ledger().append(Sample.of(OTHER, 0, "b").receipts("of another run").append());
      ledger().append(Sample.of(RUN, 1, "c").receipts("x").append());

      assertThat(ledger().receipts(RUN)).isEqualTo(Sample.documents("z", "y", "x"));
    }

    @Test
    void are_found_by_their_hash_in_their_run_only() {
      ledger().append(Sample.of(RUN, 0, "a").receipts("r", "s").append());
      Document receipt = Sample.document("s");

      assertThat(ledger().receipt(RUN, receipt.hash())).contains(receipt);
      assertThat(ledger().receipt(OTHER, receipt.hash())).isEmpty();
      assertThat(ledger().receipt(RUN, Sample.document("t").hash())).isEmpty();
      assertThat(ledger().receipt(RUN, "no hash at all")).isEmpty();
    }
  }

  @Nested
  class A_ledger_opened_again {

    @Test
    void has_everything_and_goes_on() {
      ledger().append(Sample.of(RUN, 0, "a", "b").receipts("r").append());
      List<LoggedEntry> before = ledger().log(0, 10);

      Ledger again = reopened();

      assertThat(again.log(0, 10)).isEqualTo(before);
      assertThat(again.receipts(RUN)).isEqualTo(Sample.documents("r"));
      assertThat(again.append(Sample.of(RUN, 1, "x").append()))
          .isEqualTo(new VersionConflict(1, 2));
      assertThat(again.append(Sample.of(RUN, 2, "c").append())).isEqualTo(new Appended(3, 2));
    }
  }

  @Nested
  class A_closed_ledger {

    @Test
    void refuses_every_call() {
      Ledger ledger = ledger();
      ledger.append(Sample.of(RUN, 0, "a").append());
      ledger.close();

      assertUnavailable(() -> ledger.append(Sample.of(RUN, 1, "b").append()));
      assertUnavailable(() -> ledger.delivered(List.of("m")));
      assertUnavailable(ledger::size);
      assertUnavailable(() -> ledger.log(0, 1));
      assertUnavailable(() -> ledger.run(RUN));
      assertUnavailable(() -> ledger.gates(RUN));
      assertUnavailable(() -> ledger.timersDue(Instant.EPOCH, 1));
      assertUnavailable(() -> ledger.records(Sample.TENANT, "definition", ""));
    }

    @Test
    void may_be_closed_again() {
      ledger().close();
      ledger().close();

      assertUnavailable(() -> ledger().atWork(Optional.empty(), 1));
    }

    private static void assertUnavailable(Runnable call) {
      assertThatThrownBy(call::run).isInstanceOf(LedgerUnavailable.class);
    }
  }

  @Test
  void whatever_is_appended_the_log_is_every_stream_in_order() {
    var last = new HashMap<StreamId, Long>();
    ForAll.<Append>listsOf(
            random ->
                Sample.of(
                        Sample.run(random.nextInt(4)),
                        random.nextInt(6),
                        Sample.texts(1 + random.nextInt(3)))
                    .append(),
            30)
        .seeds(
            20,
            appends -> {
              for (Append append : appends) {
                long version = last.getOrDefault(append.stream(), 0L);
                AppendResult expected =
                    version == append.expectedVersion()
                        ? new Appended(
                            version + append.entries().size(),
                            ledger().size() + append.entries().size() - 1)
                        : new VersionConflict(append.expectedVersion(), version);

                assertThat(ledger().append(append)).isEqualTo(expected);
                if (expected instanceof Appended(long now, long _)) {
                  last.put(append.stream(), now);
                }
              }
            });
    last.forEach((stream, version) ->
        assertThat(ledger().stream(stream, 0, Ledger.ROWS_MAX))
            .extracting(LoggedEntry::seq)
            .isEqualTo(LongStream.range(0, version).boxed().toList()));
  }

  private static <T> List<T> all(List<Callable<T>> calls) throws InterruptedException {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return threads.invokeAll(calls).stream().map(future -> future.resultNow()).toList();
    }
  }
}
