package dev.fedcore.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.ledger.Disclosure;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.engine.ledger.NamedRecord;
import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.engine.ledger.Personal;
import dev.fedcore.engine.ledger.RunQuery;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.run.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What every ledger must do about pages: none is larger than a reader can hold, and all of them
/// together have every row once. Another part of [LedgerContract].
public abstract class LedgerPageContract {

  private static final RunId RUN = Sample.run(1);
  private static final StreamId STREAM = StreamId.of(RUN);

  /// A third of a page, in bytes of UTF-8. Three are a page, of which the third ends it.
  private static final String THIRD = "é".repeat(Ledger.PAGE_BYTES_MAX / 6 + 1);

  /// The ledger of this test, empty when the test begins; the same at every call.
  protected abstract Ledger ledger();

  @Nested
  class Of_runs {

    @Test
    void ends_early_when_its_views_are_large_and_goes_on_after_the_last() {
      for (int i = 1; i <= 7; i++) {
        keep(large(Sample.run(i)));
      }
      var seen = new ArrayList<Integer>();
      var all = new ArrayList<RunRow>();
      List<RunRow> page = ledger().runs(query(Optional.empty(), 100));
      while (!page.isEmpty()) {
        seen.add(page.size());
        all.addAll(page);
        assertThat(isFull(page, 100)).isEqualTo(page.size() == 3);
        page = ledger().runs(query(Optional.of(page.getLast().run()), 100));
      }

      assertThat(seen).containsExactly(3, 3, 1);
      assertThat(all)
          .isEqualTo(IntStream.rangeClosed(1, 7).mapToObj(i -> large(Sample.run(8 - i))).toList());
    }

    @Test
    void has_one_however_large_it_is() {
      RunRow huge = view(RUN, "\"" + THIRD.repeat(4) + "\"");
      keep(huge);
      keep(view(Sample.run(2), "\"" + THIRD.repeat(4) + "\""));

      assertThat(ledger().runs(query(Optional.of(Sample.run(2)), 10))).containsExactly(huge);
      assertThat(ledger().runs(query(Optional.empty(), 10))).hasSize(1);
    }

    @Test
    void begins_after_as_many_as_are_to_be_left_out() {
      for (int i = 1; i <= 5; i++) {
        keep(Sample.row(Sample.run(i), i == 4 ? RunStatus.FAILED : RunStatus.RUNNING));
      }
      var running =
          new RunQuery(
              Sample.TENANT,
              Optional.of(RunStatus.RUNNING),
              Optional.empty(),
              Optional.empty(),
              Optional.empty(),
              2);

      assertThat(ids(ledger().runs(query(Optional.empty(), 2), 1)))
          .containsExactly(Sample.run(4), Sample.run(3));
      assertThat(ids(ledger().runs(running, 1))).containsExactly(Sample.run(3), Sample.run(2));
      assertThat(ledger().runs(running, 4)).isEmpty();
    }

    @Test
    void is_one_of_so_many() {
      for (int i = 1; i <= 5; i++) {
        keep(Sample.row(Sample.run(i), i == 4 ? RunStatus.FAILED : RunStatus.RUNNING));
      }
      keep(
          Sample.row(
              Sample.run(6), Sample.OTHER_TENANT, "approve-leave", RunStatus.RUNNING, "ann"));

      for (Optional<String> workflow : List.of(Optional.of("approve-leave"), none())) {
        for (Optional<String> actor : List.of(Optional.of("ann"), none())) {
          assertThat(ledger().count(asked(Optional.empty(), workflow, actor), 10)).isEqualTo(5);
          assertThat(ledger().count(asked(Optional.of(RunStatus.RUNNING), workflow, actor), 10))
              .isEqualTo(4);
          assertThat(ledger().count(asked(Optional.of(RunStatus.COMPLETED), workflow, actor), 10))
              .isZero();
        }
      }
      assertThat(ledger().count(asked(Optional.empty(), none(), none()), 3)).isEqualTo(3);
      assertThat(ledger().count(asked(Optional.empty(), Optional.of("other"), none()), 3)).isZero();
    }

    private static Optional<String> none() {
      return Optional.empty();
    }

    private static RunQuery asked(
        Optional<RunStatus> status, Optional<String> workflow, Optional<String> actor) {
      return new RunQuery(Sample.TENANT, status, workflow, actor, Optional.empty(), 1);
    }

    @Test
    void is_not_needed_to_know_whose_a_run_is() {
      keep(Sample.row(RUN, Sample.OTHER_TENANT, "approve-leave", RunStatus.RUNNING, "ann"));

      assertThat(ledger().tenantOf(RUN)).contains(Sample.OTHER_TENANT);
      assertThat(ledger().tenantOf(Sample.run(2))).isEmpty();
    }
  }

  @Nested
  class Of_entries {

    @Test
    void ends_early_in_a_stream_and_in_a_tenants_log() {
      for (int i = 0; i < 5; i++) {
        ledger().append(Sample.of(RUN, i, i + THIRD).append());
      }
      ledger().append(Sample.of(Sample.run(2), 0, "x").append());

      assertThat(ledger().page(STREAM, 0, 10))
          .extracting(LoggedEntry::seq)
          .containsExactly(0L, 1L, 2L);
      assertThat(ledger().page(STREAM, 3, 10)).extracting(LoggedEntry::seq).containsExactly(3L, 4L);
      assertThat(ledger().page(STREAM, 1, 1)).isEqualTo(ledger().stream(STREAM, 1, 1));
      assertThat(ledger().page(STREAM, 5, 10)).isEmpty();
      assertThat(ledger().log(Sample.TENANT, 0, 10)).hasSize(3);
      assertThat(ledger().log(Sample.TENANT, 3, 10))
          .extracting(LoggedEntry::index)
          .containsExactly(3L, 4L, 5L);
    }
  }

  @Nested
  class Of_records {

    @Test
    void ends_early_and_goes_on_after_its_last_key() {
      List<NamedRecord> named =
          Stream.of("a", "b", "c", "d")
              .map(key -> Sample.record("definition", key, "\"" + THIRD + "\""))
              .toList();
      ledger().append(Sample.of(RUN, 0, "a").records(named.toArray(NamedRecord[]::new)).append());
      ledger().append(Sample.of(RUN, 1, "b").records(Sample.record("policy", "p", "{}")).append());

      assertThat(ledger().recordsAfter(Sample.TENANT, "definition", "", 10))
          .isEqualTo(named.subList(0, 3));
      assertThat(ledger().recordsAfter(Sample.TENANT, "definition", "c", 10))
          .isEqualTo(named.subList(3, 4));
      assertThat(ledger().recordsAfter(Sample.TENANT, "definition", "", 1))
          .isEqualTo(named.subList(0, 1));
      assertThat(ledger().recordsAfter(Sample.OTHER_TENANT, "definition", "", 10)).isEmpty();
      assertThat(ledger().keys(Sample.TENANT, "definition", ""))
          .containsExactly("a", "b", "c", "d");
      assertThat(ledger().keys(Sample.TENANT, "definition", "b")).containsExactly("b");
    }
  }

  @Nested
  class Of_the_outbox {

    private final OutboxMessage first = message("m-1", 1, "{}");
    private final OutboxMessage second = message("m-2", 2, "{}");
    private final OutboxMessage third = message("m-3", 3, "{}");

    @Test
    void passes_over_streams_that_are_not_wanted() {
      ledger().append(Sample.of(RUN, 0, "a").outbox(first, second, third).append());
      StreamId one = first.stream();
      StreamId two = second.stream();

      assertThat(ledger().outbox("webhook", Set.of(one), 1)).containsExactly(second);
      assertThat(ledger().outbox("webhook", Set.of(one, two), 10)).containsExactly(third);
      assertThat(ledger().outbox("webhook", Set.of(), 10)).containsExactly(first, second, third);
      assertThat(ledger().outbox("karma", Set.of(one), 10)).isEmpty();
    }

    @Test
    void ends_early_when_its_bodies_are_large() {
      OutboxMessage[] large =
          IntStream.range(0, 4)
              .mapToObj(i -> message("m-" + i, 1, "\"" + THIRD + "\""))
              .toArray(OutboxMessage[]::new);
      ledger().append(Sample.of(RUN, 0, "a").outbox(large).append());

      assertThat(ledger().outbox("webhook", 10)).containsExactly(large[0], large[1], large[2]);
    }

    @Test
    void is_one_of_so_many() {
      ledger().append(Sample.of(RUN, 0, "a").outbox(first, second, third).append());

      assertThat(ledger().undelivered("webhook", 10)).isEqualTo(3);
      assertThat(ledger().undelivered("webhook", 2)).isEqualTo(2);
      assertThat(ledger().undelivered("karma", 10)).isZero();
    }

    private static OutboxMessage message(String id, int run, String body) {
      return new OutboxMessage(id, "webhook", StreamId.of(Sample.run(run)), Sample.payload(body));
    }
  }

  @Nested
  class Of_disclosures {

    @Test
    void ends_early_by_commitment_and_goes_on_after_its_last() {
      List<Disclosure> all =
          IntStream.range(0, 4).mapToObj(i -> disclosure("sealed:" + (9 - i), THIRD)).toList();
      ledger()
          .append(
              Sample.of(RUN, 0, "a")
                  .people(new Personal(List.of(), all, Optional.empty()))
                  .append());

      assertThat(ledger().disclosuresAfter(STREAM, "", 10)).isEqualTo(all.reversed().subList(0, 3));
      assertThat(ledger().disclosuresAfter(STREAM, "sealed:8", 10)).isEqualTo(all.subList(0, 1));
      assertThat(ledger().disclosuresAfter(STREAM, "", 1)).isEqualTo(all.reversed().subList(0, 1));
      assertThat(ledger().disclosuresAfter(StreamId.of(Sample.run(2)), "", 10)).isEmpty();
    }

    @Test
    void is_full_by_the_bytes_of_its_values() {
      var page = List.of(disclosure("sealed:1", THIRD.repeat(3)));

      assertThat(Ledger.isFull(page, 10, d -> d.value().getBytes(UTF_8).length)).isTrue();
    }

    private static Disclosure disclosure(String commitment, String value) {
      return new Disclosure(STREAM, commitment, "ab".repeat(32), value, "somebody");
    }
  }

  private void keep(RunRow row) {
    ledger().append(Sample.of(row.tenant(), StreamId.of(row.run()), 0, "a").run(row).append());
  }

  private static RunRow large(RunId run) {
    return view(run, "\"" + THIRD + "\"");
  }

  private static RunRow view(RunId run, String view) {
    RunRow row = Sample.row(run, RunStatus.RUNNING);
    return new RunRow(
        row.run(),
        row.tenant(),
        row.workflowId(),
        row.status(),
        row.actor(),
        row.version(),
        row.atWork(),
        row.createdAt(),
        row.updatedAt(),
        Sample.payload(view));
  }

  private static boolean isFull(List<RunRow> page, int limit) {
    return Ledger.isFull(page, limit, row -> row.view().utf8().length);
  }

  private static List<RunId> ids(List<RunRow> rows) {
    return rows.stream().map(RunRow::run).toList();
  }

  private static RunQuery query(Optional<RunId> before, int limit) {
    return new RunQuery(
        Sample.TENANT, Optional.empty(), Optional.empty(), Optional.empty(), before, limit);
  }
}
