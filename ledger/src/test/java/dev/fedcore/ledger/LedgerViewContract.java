package dev.fedcore.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.ledger.AppendResult;
import dev.fedcore.engine.ledger.AppendResult.Appended;
import dev.fedcore.engine.ledger.AppendResult.KeyTaken;
import dev.fedcore.engine.ledger.GateRow;
import dev.fedcore.engine.ledger.KeptAnswer;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.NamedRecord;
import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.engine.ledger.RunQuery;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.ledger.Timer;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.run.RunStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What every ledger must do with what it keeps in step with entries: runs, gates, timers, records,
/// answers and the outbox. The other half of [LedgerContract].
public abstract class LedgerViewContract {

  private static final RunId RUN = Sample.run(1);
  private static final RunId OTHER = Sample.run(2);

  /// The ledger of this test, empty when the test begins; the same at every call.
  protected abstract Ledger ledger();

  /// Closes [#ledger] and opens the same store again.
  protected abstract Ledger reopened();

  @Nested
  class A_run {

    @Test
    void is_unknown_before_it_was_appended() {
      assertThat(ledger().run(RUN)).isEmpty();
    }

    @Test
    void is_read_as_it_was_appended() {
      RunRow row = Sample.atWork(Sample.row(RUN, RunStatus.RUNNING), true);

      ledger().append(Sample.of(RUN, 0, "a").run(row).append());

      assertThat(ledger().run(RUN)).contains(row);
    }

    @Test
    void is_replaced_by_the_next_append() {
      ledger().append(Sample.of(RUN, 0, "a").run(Sample.row(RUN, RunStatus.RUNNING)).append());
      RunRow done = Sample.row(RUN, RunStatus.COMPLETED);
      ledger().append(Sample.of(RUN, 1, "b").run(done).append());

      assertThat(ledger().run(RUN)).contains(done);
      assertThat(page(status(RunStatus.RUNNING))).isEmpty();
      assertThat(page(status(RunStatus.COMPLETED))).containsExactly(RUN);
    }

    @Test
    void is_replaced_in_every_column() {
      ledger().append(Sample.of(RUN, 0, "a").run(Sample.row(RUN, RunStatus.RUNNING)).append());
      RunRow changed =
          new RunRow(
              RUN,
              Sample.OTHER_TENANT,
              "other-workflow",
              RunStatus.PAUSED,
              "ben",
              9,
              true,
              Sample.AT.plusSeconds(7),
              Sample.AT.plusSeconds(8),
              Sample.payload("{\"other\":true}"));
      ledger().append(Sample.of(RUN, 1, "b").run(changed).append());

      assertThat(ledger().run(RUN)).contains(changed);
      assertThat(page(everything())).isEmpty();
    }

    @Test
    void is_listed_at_work_until_its_answer_is_recorded() {
      for (int i = 1; i <= 4; i++) {
        RunRow row = Sample.atWork(Sample.row(Sample.run(i), RunStatus.RUNNING), i != 3);
        ledger().append(Sample.of(Sample.run(i), 0, "a").run(row).append());
      }

      assertThat(ledger().atWork(Optional.empty(), 10))
          .containsExactly(Sample.run(1), Sample.run(2), Sample.run(4));
      assertThat(ledger().atWork(Optional.empty(), 1)).containsExactly(Sample.run(1));
      assertThat(ledger().atWork(Optional.of(Sample.run(2)), 10)).containsExactly(Sample.run(4));

      RunRow answered = Sample.row(Sample.run(1), RunStatus.RUNNING);
      ledger().append(Sample.of(Sample.run(1), 1, "b").run(answered).append());

      assertThat(ledger().atWork(Optional.empty(), 10))
          .containsExactly(Sample.run(2), Sample.run(4));
    }
  }

  @Nested
  class A_page_of_runs {

    @Test
    void is_newest_first_and_goes_on_after_the_last() {
      for (int i = 1; i <= 5; i++) {
        keep(Sample.row(Sample.run(i), RunStatus.RUNNING));
      }

      assertThat(page(query(Optional.empty(), 2))).containsExactly(Sample.run(5), Sample.run(4));
      assertThat(page(query(Optional.of(Sample.run(4)), 2)))
          .containsExactly(Sample.run(3), Sample.run(2));
      assertThat(page(query(Optional.of(Sample.run(2)), 2))).containsExactly(Sample.run(1));
      assertThat(page(query(Optional.of(Sample.run(1)), 2))).isEmpty();
    }

    @Test
    void has_at_most_200_runs() {
      for (int i = 1; i <= 201; i++) {
        keep(Sample.row(Sample.run(i), RunStatus.RUNNING));
      }

      assertThat(page(query(Optional.empty(), 200))).hasSize(200);
      assertThat(page(query(Optional.empty(), 201))).hasSize(200);
      assertThat(page(query(Optional.empty(), 0))).isEmpty();
    }

    @Test
    void shows_one_tenant_only_what_is_its_own() {
      keep(Sample.row(RUN, RunStatus.RUNNING));
      keep(Sample.row(OTHER, Sample.OTHER_TENANT, "approve-leave", RunStatus.RUNNING, "ann"));

      assertThat(page(everything())).containsExactly(RUN);
    }

    @Test
    void is_right_for_every_combination_of_filters() {
      var kept = new ArrayList<RunRow>();
      for (RunStatus status : RunStatus.values()) {
        for (String workflow : List.of("hire", "fire")) {
          for (String actor : List.of("ann", "ben")) {
            RunId run = Sample.run(kept.size() + 1);
            kept.add(Sample.row(run, Sample.TENANT, workflow, status, actor));
          }
        }
      }
      kept.forEach(this::keep);

      for (RunQuery query : combinations()) {
        assertThat(ledger().runs(query))
            .as("%s", query)
            .isEqualTo(kept.reversed().stream().filter(row -> matches(query, row)).toList());
      }
    }

    private List<RunQuery> combinations() {
      var queries = new ArrayList<RunQuery>();
      for (Optional<RunStatus> status : optionals(RunStatus.values())) {
        for (Optional<String> workflow : optionals("hire", "sack", "")) {
          for (Optional<String> actor : optionals("ann", "cat", "")) {
            queries.add(
                new RunQuery(
                    Sample.TENANT, status, workflow, actor, Optional.of(Sample.run(20)), 100));
          }
        }
      }
      return queries;
    }

    @SafeVarargs
    private static <T> List<Optional<T>> optionals(T... values) {
      var all = new ArrayList<Optional<T>>();
      all.add(Optional.empty());
      for (T value : values) {
        all.add(Optional.of(value));
      }
      return all;
    }

    private static boolean matches(RunQuery query, RunRow row) {
      return query.status().map(row.status()::equals).orElse(true)
          && query.workflowId().map(row.workflowId()::equals).orElse(true)
          && query.actor().map(row.actor()::equals).orElse(true)
          && row.run().toString().compareTo(query.before().orElseThrow().toString()) < 0;
    }

    private void keep(RunRow row) {
      var sample = Sample.of(row.tenant(), StreamId.of(row.run()), 0, "a").run(row);
      ledger().append(sample.append());
    }
  }

  @Nested
  class Gates {

    private final GateRow first = Sample.gateRow(1, RUN, GateStatus.PENDING, at(90));
    private final GateRow second = Sample.gateRow(2, RUN, GateStatus.PENDING, at(30));
    private final GateRow third = Sample.gateRow(3, OTHER, GateStatus.PENDING, at(60));

    @Test
    void are_read_one_by_one_and_by_run() {
      ledger().append(Sample.of(RUN, 0, "a").gates(second, first).append());
      ledger().append(Sample.of(OTHER, 0, "a").gates(third).append());

      assertThat(ledger().gate(Sample.gate(2))).contains(second);
      assertThat(ledger().gate(Sample.gate(9))).isEmpty();
      assertThat(ledger().gates(RUN)).containsExactly(first, second);
    }

    @Test
    void of_a_tenant_come_by_expiry() {
      ledger().append(Sample.of(RUN, 0, "a").gates(first, second).append());
      ledger().append(Sample.of(OTHER, 0, "a").gates(third).append());

      assertThat(ledger().gates(Sample.TENANT, GateStatus.PENDING, 10))
          .containsExactly(second, third, first);
      assertThat(ledger().gates(Sample.TENANT, GateStatus.PENDING, 2)).hasSize(2);
      assertThat(ledger().gates(Sample.TENANT, GateStatus.APPROVED, 10)).isEmpty();
      assertThat(ledger().gates(Sample.OTHER_TENANT, GateStatus.PENDING, 10)).isEmpty();
    }

    @Test
    void leave_their_status_when_they_are_resolved() {
      ledger().append(Sample.of(RUN, 0, "a").gates(first).append());
      GateRow approved = Sample.gateRow(1, RUN, GateStatus.APPROVED, at(90));
      ledger().append(Sample.of(RUN, 1, "b").gates(approved).append());

      assertThat(ledger().gates(Sample.TENANT, GateStatus.PENDING, 10)).isEmpty();
      assertThat(ledger().gates(RUN)).containsExactly(approved);
    }
  }

  @Nested
  class Timers {

    private final Timer late = new Timer(Sample.gate(1), RUN, at(90));
    private final Timer soon = new Timer(Sample.gate(2), RUN, at(30));

    @Test
    void come_due_at_their_instant_the_earliest_first() {
      ledger().append(Sample.of(RUN, 0, "a").timers(List.of(late, soon), List.of()).append());

      assertThat(ledger().timersDue(at(30).minusNanos(1_000), 10)).isEmpty();
      assertThat(ledger().timersDue(at(30), 10)).containsExactly(soon);
      assertThat(ledger().timersDue(at(90), 10)).containsExactly(soon, late);
      assertThat(ledger().timersDue(at(90), 1)).containsExactly(soon);
    }

    @Test
    void are_replaced_and_cleared() {
      ledger().append(Sample.of(RUN, 0, "a").timers(List.of(late, soon), List.of()).append());
      var later = new Timer(Sample.gate(2), RUN, at(120));
      var change = Sample.of(RUN, 1, "b").timers(List.of(later), List.of(late.gate()));
      ledger().append(change.append());

      assertThat(ledger().timersDue(at(1_000), 10)).containsExactly(later);
    }

    @Test
    void that_are_set_and_cleared_at_once_are_cleared() {
      var both = Sample.of(RUN, 0, "a").timers(List.of(soon), List.of(soon.gate()));
      ledger().append(both.append());

      assertThat(ledger().timersDue(at(90), 10)).isEmpty();
    }
  }

  @Nested
  class Named_records {

    @Test
    void are_read_one_by_one_and_by_key() {
      NamedRecord b = Sample.record("definition", "b", "{\"v\":1}");
      NamedRecord a = Sample.record("definition", "a", "{\"v\":2}");
      NamedRecord policy = Sample.record("policy", "a", "{\"v\":3}");
      ledger().append(Sample.of(RUN, 0, "a").records(b, a, policy).append());

      assertThat(ledger().record(Sample.TENANT, "definition", "b")).contains(b);
      assertThat(ledger().record(Sample.TENANT, "policy", "b")).isEmpty();
      assertThat(ledger().record(Sample.OTHER_TENANT, "definition", "b")).isEmpty();
      assertThat(ledger().records(Sample.TENANT, "definition", "")).containsExactly(a, b);
      assertThat(ledger().records(Sample.OTHER_TENANT, "definition", "")).isEmpty();
    }

    @Test
    void are_read_by_how_their_keys_begin() {
      List<NamedRecord> named =
          Stream.of("a", "a@", "a@1", "a@é", "a@𝄞", "aa@1", "b@1", "A@1")
              .map(key -> Sample.record("definition", key, "{}"))
              .toList();
      ledger().append(Sample.of(RUN, 0, "a").records(named.toArray(NamedRecord[]::new)).append());

      assertThat(ledger().records(Sample.TENANT, "definition", "a@"))
          .containsExactlyElementsOf(named.subList(1, 5));
      assertThat(ledger().records(Sample.TENANT, "definition", "c@")).isEmpty();
    }

    @Test
    void are_replaced_by_the_same_key() {
      ledger().append(Sample.of(RUN, 0, "a").records(Sample.record("policy", "p", "{}")).append());
      NamedRecord newer = Sample.record("policy", "p", "{\"v\":2}");
      ledger().append(Sample.of(RUN, 1, "b").records(newer).append());

      assertThat(ledger().records(Sample.TENANT, "policy", "")).containsExactly(newer);
    }
  }

  @Nested
  class Kept_answers {

    private final KeptAnswer answer = Sample.answer("key-1", "{\"run\":1}");

    @Test
    void are_found_by_tenant_and_key() {
      ledger().append(Sample.of(RUN, 0, "a").answer(answer).append());

      assertThat(ledger().answer(Sample.TENANT, "key-1")).contains(answer);
      assertThat(ledger().answer(Sample.TENANT, "key-2")).isEmpty();
      assertThat(ledger().answer(Sample.OTHER_TENANT, "key-1")).isEmpty();
    }

    @Test
    void keep_another_append_from_taking_their_key() {
      ledger().append(Sample.of(RUN, 0, "a").answer(answer).append());
      var second = Sample.of(OTHER, 0, "b").answer(Sample.answer("key-1", "{\"run\":2}"));

      assertThat(ledger().append(second.append())).isEqualTo(new KeyTaken(answer));

      assertThat(ledger().size()).isEqualTo(1);
      assertThat(ledger().answer(Sample.TENANT, "key-1")).contains(answer);
    }

    @Test
    void are_told_to_a_repetition_even_if_the_version_has_moved() {
      ledger().append(Sample.of(RUN, 0, "a").answer(answer).append());

      assertThat(ledger().append(Sample.of(RUN, 0, "a").answer(answer).append()))
          .isEqualTo(new KeyTaken(answer));
    }

    @Test
    void are_given_by_exactly_one_of_many_at_once() throws Exception {
      var attempts =
          IntStream.range(0, 16)
              .<Callable<AppendResult>>mapToObj(i ->
                  () ->
                      ledger()
                          .append(
                              Sample.of(Sample.run(i), 0, "a")
                                  .answer(Sample.answer("key", "{\"run\":" + i + "}"))
                                  .append()))
              .toList();
      List<AppendResult> results;
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        results = threads.invokeAll(attempts).stream().map(future -> future.resultNow()).toList();
      }

      KeptAnswer winner = ledger().answer(Sample.TENANT, "key").orElseThrow();
      assertThat(results).filteredOn(Appended.class::isInstance).hasSize(1);
      assertThat(results)
          .filteredOn(KeyTaken.class::isInstance)
          .hasSize(15)
          .containsOnly(new KeyTaken(winner));
      assertThat(ledger().size()).isEqualTo(1);
    }
  }

  @Nested
  class The_outbox {

    private final OutboxMessage one = Sample.message("m-9", "webhook");
    private final OutboxMessage two = Sample.message("m-1", "webhook");
    private final OutboxMessage elsewhere = Sample.message("m-5", "karma");

    @Test
    void gives_messages_of_one_destination_in_the_order_they_were_written() {
      ledger().append(Sample.of(RUN, 0, "a").outbox(one, elsewhere).append());
      ledger().append(Sample.of(RUN, 1, "b").outbox(two).append());

      assertThat(ledger().outbox("webhook", 10)).containsExactly(one, two);
      assertThat(ledger().outbox("webhook", 1)).containsExactly(one);
      assertThat(ledger().outbox("karma", 10)).containsExactly(elsewhere);
    }

    @Test
    void forgets_what_was_delivered_and_nothing_else() {
      ledger().append(Sample.of(RUN, 0, "a").outbox(one, two, elsewhere).append());

      ledger().delivered(List.of("m-9", "m-5", "never heard of"));

      assertThat(ledger().outbox("webhook", 10)).containsExactly(two);
      assertThat(ledger().outbox("karma", 10)).isEmpty();
    }

    @Test
    void keeps_its_order_after_the_newest_was_delivered() {
      ledger().append(Sample.of(RUN, 0, "a").outbox(one, two).append());
      ledger().delivered(List.of("m-1"));
      OutboxMessage three = Sample.message("m-0", "webhook");
      ledger().append(Sample.of(RUN, 1, "b").outbox(three).append());

      assertThat(ledger().outbox("webhook", 10)).containsExactly(one, three);
    }
  }

  @Test
  void a_ledger_opened_again_has_everything() {
    RunRow row = Sample.row(RUN, RunStatus.PAUSED);
    GateRow gate = Sample.gateRow(1, RUN, GateStatus.PENDING, at(60));
    var timer = new Timer(Sample.gate(1), RUN, at(60));
    NamedRecord policy = Sample.record("policy", "p", "{}");
    OutboxMessage message = Sample.message("m", "webhook");
    KeptAnswer answer = Sample.answer("key", "{}");
    ledger()
        .append(
            Sample.of(RUN, 0, "a")
                .run(row)
                .gates(gate)
                .timers(List.of(timer), List.of())
                .records(policy)
                .outbox(message)
                .answer(answer)
                .append());

    Ledger again = reopened();

    assertThat(again.run(RUN)).contains(row);
    assertThat(again.gate(gate.gate())).contains(gate);
    assertThat(again.timersDue(at(60), 10)).containsExactly(timer);
    assertThat(again.record(Sample.TENANT, "policy", "p")).contains(policy);
    assertThat(again.outbox("webhook", 10)).containsExactly(message);
    assertThat(again.answer(Sample.TENANT, "key")).contains(answer);
  }

  private static Instant at(long seconds) {
    return Sample.AT.plusSeconds(seconds);
  }

  private List<RunId> page(RunQuery query) {
    return ledger().runs(query).stream().map(RunRow::run).toList();
  }

  private static RunQuery everything() {
    return query(Optional.empty(), RunQuery.LIMIT_MAX);
  }

  private static RunQuery query(Optional<RunId> before, int limit) {
    return new RunQuery(
        Sample.TENANT, Optional.empty(), Optional.empty(), Optional.empty(), before, limit);
  }

  private static RunQuery status(RunStatus status) {
    TenantId tenant = Sample.TENANT;
    return new RunQuery(
        tenant, Optional.of(status), Optional.empty(), Optional.empty(), Optional.empty(), 100);
  }
}
