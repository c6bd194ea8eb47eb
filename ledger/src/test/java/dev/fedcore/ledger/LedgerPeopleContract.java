package dev.fedcore.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.ledger.Append;
import dev.fedcore.engine.ledger.AppendResult.Appended;
import dev.fedcore.engine.ledger.AppendResult.VersionConflict;
import dev.fedcore.engine.ledger.Disclosure;
import dev.fedcore.engine.ledger.Erasure;
import dev.fedcore.engine.ledger.GateRow;
import dev.fedcore.engine.ledger.KeptAnswer;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.engine.ledger.Personal;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.ledger.SubjectKey;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.run.RunStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// What every ledger must do with what is known about people: keep it with the append that names
/// them, give it back, and take it away. The third part of [LedgerContract].
public abstract class LedgerPeopleContract {

  private static final TenantId TENANT = Sample.TENANT;
  private static final StreamId TENANT_STREAM = StreamId.of(TENANT);
  private static final RunId RUN = Sample.run(1);
  private static final StreamId STREAM = StreamId.of(RUN);
  private static final SubjectKey ANN = key("ann", "a");
  private static final SubjectKey ANN_AGAIN = key("ann", "b");
  private static final SubjectKey BEN = key("ben", "c");
  private static final Disclosure ANNS = words("d1", "ann wrote this", ANN);
  private static final Disclosure BENS = words("d2", "ben wrote this", BEN);

  /// The ledger of this test, empty when the test begins; the same at every call.
  protected abstract Ledger ledger();

  /// Closes [#ledger] and opens the same store again.
  protected abstract Ledger reopened();

  @Nested
  class A_key {

    @Test
    void is_kept_with_the_append_that_names_the_person() {
      assertThat(ledger().subject(TENANT, "ann")).isEmpty();
      append(Sample.of(RUN, 0, "a"), named(ANN));

      assertThat(ledger().subject(TENANT, "ann")).contains(ANN);
      assertThat(reopened().subject(TENANT, "ann")).contains(ANN);
      assertThat(ledger().subject(Sample.OTHER_TENANT, "ann")).isEmpty();
    }

    @Test
    void may_come_with_every_append_and_is_kept_once() {
      append(Sample.of(RUN, 0, "a"), named(ANN));
      assertThat(append(Sample.of(RUN, 1, "b"), named(ANN, BEN))).isInstanceOf(Appended.class);
      reopened();
      assertThat(append(Sample.of(RUN, 2, "c"), named(ANN, BEN))).isInstanceOf(Appended.class);
    }

    @Test
    void that_is_not_the_one_that_is_kept_lets_nothing_be_written() {
      append(Sample.of(RUN, 0, "a"), named(ANN));

      assertThat(append(Sample.of(RUN, 1, "b"), named(BEN, ANN_AGAIN)))
          .isInstanceOf(VersionConflict.class);
      assertThat(ledger().size()).isEqualTo(1);
      assertThat(ledger().subject(TENANT, "ben")).isEmpty();
    }
  }

  @Nested
  class A_commitment {

    @Test
    void is_led_back_to_the_name_or_the_words() {
      append(Sample.of(RUN, 0, "a"), new Personal(List.of(ANN), List.of(ANNS), Optional.empty()));

      assertThat(ledger().disclosed(TENANT, Set.of(ANN.pseudonym(), "d1", "unknown")))
          .containsOnlyKeys(ANN.pseudonym(), "d1")
          .containsValues("ann", "ann wrote this");
      assertThat(ledger().disclosed(Sample.OTHER_TENANT, Set.of(ANN.pseudonym(), "d1"))).isEmpty();
      assertThat(ledger().disclosures(STREAM)).containsExactly(ANNS);
      assertThat(ledger().disclosures(StreamId.of(Sample.run(2)))).isEmpty();
    }

    @Test
    void is_kept_only_if_its_append_is() {
      assertThat(
              append(
                  Sample.of(RUN, 7, "a"),
                  new Personal(List.of(ANN), List.of(ANNS), Optional.empty())))
          .isInstanceOf(VersionConflict.class);
      assertThat(ledger().disclosures(STREAM)).isEmpty();
      assertThat(ledger().subject(TENANT, "ann")).isEmpty();
    }
  }

  @Nested
  class An_erasure {

    @Test
    void takes_everything_at_once_and_leaves_entries_and_receipts() {
      RunRow done = run(RunStatus.COMPLETED, "ann");
      given(done);
      var entries = ledger().stream(STREAM, 0, 10);
      var receipts = ledger().receipts(RUN);
      RunRow erased = erased(done);
      GateRow gate = Sample.gateRow(1, RUN, GateStatus.APPROVED, Sample.AT);

      assertThat(
              erase(
                  new Erasure(
                      "ann",
                      ANN.pseudonym(),
                      List.of(erased),
                      List.of(gate),
                      Set.of(STREAM),
                      "",
                      true)))
          .isInstanceOf(Appended.class);

      assertThat(ledger().stream(STREAM, 0, 10)).isEqualTo(entries);
      assertThat(ledger().receipts(RUN)).isEqualTo(receipts);
      assertThat(ledger().run(RUN)).contains(erased);
      assertThat(ledger().gates(RUN)).containsExactly(gate);
      assertThat(ledger().disclosures(STREAM)).isEmpty();
      assertThat(ledger().subject(TENANT, "ann")).isEmpty();
      assertThat(ledger().subject(TENANT, "ben")).contains(BEN);
      assertThat(ledger().disclosed(TENANT, Set.of(ANN.pseudonym(), "d1", "d2"))).isEmpty();
      assertThat(ledger().outbox("bucket", 10)).extracting(OutboxMessage::id).containsExactly("m2");
      KeptAnswer answer = ledger().answer(TENANT, "k1").orElseThrow();
      assertThat(answer.body().toString()).isEqualTo("{\"erased\":true}");
      assertThat(answer.fingerprint()).isEqualTo("erased");
    }

    @Test
    void of_words_alone_leaves_what_others_wrote() {
      RunRow done = run(RunStatus.COMPLETED, "ben");
      given(done);

      erase(
          new Erasure(
              "ann", ANN.pseudonym(), List.of(erased(done)), List.of(), Set.of(), "", true));

      assertThat(ledger().disclosures(STREAM)).containsExactly(BENS);
    }

    @Test
    void in_several_lots_keeps_the_key_until_the_last() {
      given(run(RunStatus.COMPLETED, "ann"));

      erase(new Erasure("ann", ANN.pseudonym(), List.of(), List.of(), Set.of(), "", false));
      assertThat(ledger().subject(TENANT, "ann")).contains(ANN);
    }

    @Test
    void of_a_run_that_has_moved_on_is_a_conflict() {
      RunRow done = run(RunStatus.COMPLETED, "ben");
      given(done);
      append(Sample.of(RUN, 1, "b").run(versioned(done, 2)), Personal.NONE);

      assertThat(
              erase(
                  new Erasure(
                      "ann",
                      ANN.pseudonym(),
                      List.of(erased(done)),
                      List.of(),
                      Set.of(),
                      "",
                      true)))
          .isInstanceOf(VersionConflict.class);
      assertThat(ledger().subject(TENANT, "ann")).contains(ANN);
      assertThat(ledger().disclosures(STREAM)).containsExactly(ANNS, BENS);
    }

    @Test
    void while_the_person_has_a_run_that_is_not_over_is_a_conflict() {
      given(run(RunStatus.PAUSED, "ann"));

      assertThat(
              erase(new Erasure("ann", ANN.pseudonym(), List.of(), List.of(), Set.of(), "", true)))
          .isInstanceOf(VersionConflict.class);
      assertThat(ledger().subject(TENANT, "ann")).contains(ANN);
    }

    @Test
    void closes_the_runs_stream_and_the_key_to_who_still_has_them_in_memory() {
      RunRow done = run(RunStatus.FAILED, "ann");
      given(done);
      erase(
          new Erasure(
              "ann", ANN.pseudonym(), List.of(erased(done)), List.of(), Set.of(STREAM), "", true));

      assertThat(append(Sample.of(RUN, 1, "b").run(versioned(done, 2)), Personal.NONE))
          .isInstanceOf(VersionConflict.class);
      assertThat(append(Sample.of(Sample.run(2), 0, "c"), named(ANN)))
          .isInstanceOf(VersionConflict.class);
      assertThat(append(Sample.of(Sample.run(2), 0, "c"), named(ANN_AGAIN)))
          .isInstanceOf(Appended.class);
    }

    @Test
    void of_payloads_takes_the_key_that_their_salts_were_drawn_from_in_its_first_lot() {
      SubjectKey first = key("", "e");
      RunRow done = run(RunStatus.COMPLETED, "ann");
      given(done);
      append(Sample.of(Sample.run(2), 0, "c"), named(first));
      erase(
          new Erasure(
              "ann",
              ANN.pseudonym(),
              List.of(erased(done)),
              List.of(),
              Set.of(),
              first.pseudonym(),
              false));

      assertThat(ledger().subject(TENANT, "")).isEmpty();
      assertThat(ledger().subject(TENANT, "ann")).contains(ANN);
      assertThat(append(Sample.of(Sample.run(3), 0, "d"), named(first)))
          .isInstanceOf(VersionConflict.class);
      assertThat(append(Sample.of(Sample.run(3), 0, "d"), named(key("", "f"))))
          .isInstanceOf(Appended.class);
    }

    @Test
    void of_somebody_nobody_knows_is_no_error() {
      assertThat(erase(new Erasure("zoe", "", List.of(), List.of(), Set.of(), "", true)))
          .isInstanceOf(Appended.class);
    }

    @Test
    void can_be_followed_by_writing_the_store_anew() {
      RunRow done = run(RunStatus.COMPLETED, "ann");
      given(done);
      ledger().compact();

      assertThat(ledger().run(RUN)).contains(done);
      assertThat(append(Sample.of(RUN, 1, "b"), named(ANN))).isInstanceOf(Appended.class);
    }
  }

  private void given(RunRow row) {
    append(
        Sample.of(RUN, 0, "a")
            .run(row)
            .receipts("r")
            .gates(Sample.gateRow(1, RUN, GateStatus.PENDING, Sample.AT)),
        new Personal(List.of(ANN, BEN), List.of(ANNS, BENS), Optional.empty()));
    var answer =
        new KeptAnswer(
            TENANT, "k1", "f", 201, "/workflows/runs/" + RUN, Sample.payload("{\"by\":\"ann\"}"));
    append(
        Sample.of(TENANT, TENANT_STREAM, 0, "t")
            .answer(answer)
            .outbox(message("m1", "{\"by\":\"ann\"}"), message("m2", "{\"by\":\"ben\"}")),
        Personal.NONE);
  }

  private Object erase(Erasure erasure) {
    long version = ledger().last(TENANT_STREAM).map(last -> last.seq() + 1).orElse(0L);
    return append(Sample.of(TENANT, TENANT_STREAM, version, "e"), Personal.NONE.erasing(erasure));
  }

  private Object append(Sample sample, Personal people) {
    Append append = sample.people(people).append();
    return ledger().append(append);
  }

  private static Personal named(SubjectKey... keys) {
    return new Personal(List.of(keys), List.of(), Optional.empty());
  }

  private static SubjectKey key(String subject, String digit) {
    return new SubjectKey(TENANT, subject, digit.repeat(64), "sealed:" + subject + digit);
  }

  private static Disclosure words(String commitment, String value, SubjectKey author) {
    return new Disclosure(STREAM, commitment, "e".repeat(64), value, author.pseudonym());
  }

  private static OutboxMessage message(String id, String body) {
    return new OutboxMessage(id, "bucket", STREAM, Sample.payload(body));
  }

  private static RunRow run(RunStatus status, String actor) {
    return Sample.row(RUN, TENANT, "w", status, actor);
  }

  private static RunRow erased(RunRow row) {
    return Sample.row(RUN, TENANT, "w", row.status(), "erased");
  }

  private static RunRow versioned(RunRow row, long version) {
    return new RunRow(
        row.run(),
        row.tenant(),
        row.workflowId(),
        row.status(),
        row.actor(),
        version,
        row.atWork(),
        row.createdAt(),
        row.updatedAt(),
        row.view());
  }
}
