package dev.fedcore.engine;

import static dev.fedcore.engine.EngineRig.ANN;
import static dev.fedcore.engine.EngineRig.BEN;
import static dev.fedcore.engine.EngineRig.SPINE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fedcore.engine.CommandResult.Rejected;
import dev.fedcore.engine.erasure.Eraser;
import dev.fedcore.engine.erasure.ErasureOutcome;
import dev.fedcore.engine.erasure.SideStore;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.ledger.SubjectKey;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.receipt.AuditEntry;
import dev.fedcore.evidence.receipt.Commitment;
import dev.fedcore.kernel.gate.Vote.Choice;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.run.Refusal;
import dev.fedcore.kernel.run.RunStatus;
import dev.fedcore.testing.ForAll;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ErasureTest {

  private static final Principal ADMIN =
      new Principal("root", TenantId.DEFAULT, Set.of(Role.ADMIN));
  private static final Principal IDA =
      new Principal("ida.noether", TenantId.DEFAULT, Set.of(Role.OPERATOR, Role.APPROVER));
  private static final StreamId TENANT_STREAM = StreamId.of(TenantId.DEFAULT);

  @Nested
  class Hashed_documents {

    @Test
    void name_nobody_and_quote_nobody() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "done");
        rig.done(BEN, run, vote(rig, run, Choice.APPROVE, "ask cat next time"));

        assertThat(hashed(rig)).doesNotContain("\"ann\"", "\"ben\"", "ben votes", "next time");
        assertThat(rig.entries(run)).allMatch(entry -> entry.version() == AuditEntry.SEALED);
        assertThat(rig.gateRow(run).view().toString()).contains("\"ben\"", "ask cat next time");
      }
    }

    @Test
    void are_the_same_person_for_the_same_pseudonym_and_for_no_other() {
      try (var rig = EngineRig.started()) {
        RunId first = rig.run("allow", "done");
        RunId second = rig.run("allow", "done");

        String ann = rig.entries(first).getFirst().actorId();
        assertThat(Commitment.is(ann)).isTrue();
        assertThat(rig.entries(second).getFirst().actorId()).isEqualTo(ann);
        assertThat(rig.view(first).get("workflow_hash"))
            .isEqualTo(rig.view(second).get("workflow_hash"));
      }
    }

    @Test
    void leave_the_rule_that_nobody_approves_their_own_request_in_force_after_a_restart() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "done");
        rig.restart();

        assertThat(rig.refused(ANN, run, vote(rig, run, Choice.APPROVE, "me")))
            .isInstanceOf(Refusal.SeparationOfDuties.class);
        assertThat(rig.done(BEN, run, vote(rig, run, Choice.APPROVE, "fine")))
            .isEqualTo(RunStatus.COMPLETED);
        assertThat(rig.gateRow(run).view().toString()).contains("\"ben\"", "fine");
      }
    }
  }

  @Nested
  class An_erasure {

    @Test
    void leaves_every_hash_and_nothing_that_says_who() {
      try (var rig = EngineRig.started()) {
        RunId run = rejected(rig, "ida asked too late");
        String before = hashedOf(rig, run);

        ErasureOutcome outcome = eraser(rig).erase(ADMIN, IDA.actor(), "she asked for it");

        assertThat(outcome).isInstanceOf(ErasureOutcome.Erased.class);
        assertThat(((ErasureOutcome.Erased) outcome).values()).isGreaterThan(3);
        assertThat(hashedOf(rig, run)).isEqualTo(before);
        assertThat(stored(rig, run)).doesNotContain("ida", "noether", "too late", "she asked");
        assertThat(rig.verify(StreamId.of(run)).findings()).isEmpty();
        assertThat(rig.verify(TENANT_STREAM).erased())
            .isEqualTo(((ErasureOutcome.Erased) outcome).values());
      }
    }

    @Test
    void names_what_went_and_not_whose_it_was() {
      try (var rig = EngineRig.started()) {
        RunId run = rejected(rig, "no");
        String pseudonym = rig.entries(run).getFirst().actorId();
        eraser(rig).erase(ADMIN, IDA.actor(), "law");

        AuditEntry entry = rig.entries(TENANT_STREAM).getLast();
        assertThat(entry.eventType()).isEqualTo("FC-ERASURE-001");
        assertThat(entry.details().toString())
            .contains(pseudonym, run.toString())
            .doesNotContain("law");
        assertThat(withoutCommitments(entry.details().toString())).doesNotContain("ida");
      }
    }

    @Test
    void takes_an_approvers_name_and_words_and_leaves_the_run_of_others() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "done");
        rig.done(IDA, run, vote(rig, run, Choice.APPROVE, "her words"));
        eraser(rig).erase(ADMIN, IDA.actor(), "law");

        assertThat(rig.view(run).get("actor_id")).hasToString("Optional[" + text("ann") + "]");
        assertThat(rig.row(run).view().toString()).contains("\"title\":\"t\"");
        assertThat(stored(rig, run)).doesNotContain("ida", "her words");
      }
    }

    @Test
    void reaches_whoever_is_written_to() {
      try (var rig = EngineRig.started()) {
        JsonObject input =
            EngineRig.action(
                JsonObject.builder()
                    .put("behave", "done")
                    .put("policy", "allow")
                    .put("title", "call Zoe@example.org, today")
                    .build());
        RunId run =
            EngineRig.id(
                rig.service().create(ANN, EngineRig.wanted(SPINE, input, true), Optional.empty()));
        rig.await(run);

        eraser(rig).erase(ADMIN, "zoe@example.org", "law");

        assertThat(stored(rig, run)).doesNotContainIgnoringCase("zoe@");
        assertThat(rig.row(run).actor()).isEqualTo("ann");
        assertThat(rig.verify(StreamId.of(run)).findings()).isEmpty();
      }
    }

    @Test
    void is_refused_while_a_run_is_not_over_and_that_is_evidence() {
      try (var rig = EngineRig.started()) {
        RunId run = rig.run("flag", "done");

        assertThat(eraser(rig).erase(ADMIN, "ann", "law"))
            .isEqualTo(new ErasureOutcome.Live(List.of(run)));
        AuditEntry refusal = rig.entries(TENANT_STREAM).getLast();
        assertThat(refusal.message()).isEqualTo("EraseSubject refused: LiveRuns");
        assertThat(rig.view(run).get("input_payload").toString()).contains("title");
      }
    }

    @Test
    void done_twice_does_nothing_the_second_time() {
      try (var rig = EngineRig.started()) {
        rejected(rig, "no");
        eraser(rig).erase(ADMIN, IDA.actor(), "law");
        long entries = rig.disk().size();

        assertThat(eraser(rig).erase(ADMIN, IDA.actor(), "law"))
            .isEqualTo(new ErasureOutcome.Erased(0, List.of(), true));
        assertThat(rig.disk().size()).isEqualTo(entries);
      }
    }

    @Test
    void ends_the_run_for_good_even_for_who_has_it_in_memory() {
      try (var rig = EngineRig.started()) {
        RunId run = rejected(rig, "no");
        rig.refused(IDA, run, new Request.Resume());
        eraser(rig).erase(ADMIN, IDA.actor(), "law");

        for (int again = 0; again < 2; again++) {
          assertThat(rig.ask(IDA, run, new Request.Retry(Optional.empty())))
              .isInstanceOf(Rejected.class);
        }
        assertThat(rig.ask(IDA, run, new Request.Resume()))
            .isEqualTo(new Rejected(new Rejection.Erased()));
      }
    }

    @Test
    void makes_who_comes_back_somebody_else() {
      try (var rig = EngineRig.started()) {
        String before = rig.entries(rejected(rig, "no")).getFirst().actorId();
        eraser(rig).erase(ADMIN, IDA.actor(), "law");
        String after = rig.entries(rejected(rig, "no")).getFirst().actorId();

        assertThat(after).isNotEqualTo(before);
        assertThat(rig.engine().subjects().named(TenantId.DEFAULT, before)).isEmpty();
        assertThat(rig.engine().subjects().named(TenantId.DEFAULT, after)).contains(IDA.actor());
      }
    }

    @Test
    void of_nobody_is_refused() {
      try (var rig = EngineRig.started()) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> eraser(rig).erase(ADMIN, Principal.ANONYMOUS, "law"));
        assertThatIllegalArgumentException()
            .isThrownBy(() -> eraser(rig).erase(ADMIN, Principal.SYSTEM, "law"));
      }
    }

    @Test
    void tells_what_keeps_records_beside_the_ledger() {
      try (var rig = EngineRig.started()) {
        RunId run = rejected(rig, "no");
        var forgotten = new ArrayList<RunId>();
        eraser(rig, List.of(side(forgotten))).erase(ADMIN, IDA.actor(), "law");

        assertThat(forgotten).containsExactly(run);
      }
    }
  }

  @Nested
  class Whoever_guesses {

    @Test
    void finds_a_name_with_its_key_and_after_the_erasure_never() {
      try (var rig = EngineRig.started()) {
        rejected(rig, "no");
        SubjectKey key = rig.disk().subject(TenantId.DEFAULT, IDA.actor()).orElseThrow();
        assertThat(hashed(rig)).contains(key.pseudonym());
        Set<String> bare = Set.of(sha256("ida.noether"), sha256("\"ida.noether\""));
        assertThat(bare).noneMatch(hash -> hashed(rig).contains(hash));

        eraser(rig).erase(ADMIN, IDA.actor(), "law");

        assertThat(rig.disk().subject(TenantId.DEFAULT, IDA.actor())).isEmpty();
        assertThat(rig.disk().disclosed(TenantId.DEFAULT, commitments(rig)).values())
            .doesNotContain(IDA.actor());
        assertThat(bare).noneMatch(hash -> hashed(rig).contains(hash));
      }
    }
  }

  @Test
  void whatever_happened_nobody_else_is_lost_and_all_hashes_hold() {
    ForAll.listsOf(
            random ->
                ForAll.oneOf(random, "ann allow", "ida allow", "ann flag", "ida flag", "ida deny"),
            6)
        .seeds(
            12,
            asked -> {
              try (var rig = EngineRig.started()) {
                var ofAnn = new ArrayList<RunId>();
                for (String each : asked) {
                  Principal by = each.startsWith("ida") ? IDA : ANN;
                  RunId run = rig.runOf(by, each.substring(4));
                  if (rig.status(run) == RunStatus.PAUSED) {
                    rig.done(
                        by.equals(IDA) ? BEN : IDA,
                        run,
                        vote(rig, run, Choice.APPROVE, "said ida"));
                  }
                  if (by.equals(ANN)) {
                    ofAnn.add(run);
                  }
                }
                String before = hashed(rig);
                eraser(rig).erase(ADMIN, IDA.actor(), "law");
                assertThat(hashed(rig)).startsWith(before);
                assertThat(stored(rig)).doesNotContain("ida");
                for (RunId run : ofAnn) {
                  assertThat(rig.row(run).actor()).isEqualTo("ann");
                  assertThat(rig.row(run).view().toString()).contains("\"title\":\"t\"");
                }
                for (LoggedEntry entry : rig.disk().log(0, Ledger.ROWS_MAX)) {
                  assertThat(rig.verify(entry.stream()).findings()).isEmpty();
                }
              }
            });
  }

  /// A run of Ida's that Ben has rejected with these words.
  private static RunId rejected(EngineRig rig, String words) {
    RunId run = rig.runOf(IDA, "flag");
    rig.done(BEN, run, vote(rig, run, Choice.REJECT, words));
    return run;
  }

  private static Request.Vote vote(EngineRig rig, RunId run, Choice choice, String words) {
    GateId gate = rig.disk().gates(run).getLast().gate();
    return new Request.Vote(gate, choice, Optional.of(words), Optional.empty(), Optional.empty());
  }

  private static Eraser eraser(EngineRig rig) {
    return eraser(rig, List.of());
  }

  private static Eraser eraser(EngineRig rig, List<SideStore> sides) {
    return new Eraser(
        rig.disk(), rig.journal(), rig.engine().subjects(), rig.service()::forget, sides);
  }

  private static SideStore side(List<RunId> forgotten) {
    return new SideStore() {
      @Override
      public void forget(Collection<RunId> runs) {
        forgotten.addAll(runs);
      }

      @Override
      public void compact() {}
    };
  }

  /// Everything that is hashed, of all streams.
  private static String hashed(EngineRig rig) {
    return rig.disk().log(0, Ledger.ROWS_MAX).stream()
        .map(entry -> new String(entry.document().bytes(), UTF_8))
        .collect(Collectors.joining("\n"));
  }

  private static String hashedOf(EngineRig rig, RunId run) {
    return rig.disk().stream(StreamId.of(run), 0, Ledger.ROWS_MAX).stream()
            .map(entry -> new String(entry.document().bytes(), UTF_8))
            .collect(Collectors.joining("\n"))
        + rig.receipts(run);
  }

  /// Everything that is kept of one run, and of the tenant.
  private static String stored(EngineRig rig, RunId run) {
    return withoutCommitments(
        hashed(rig)
            + rig.receipts(run)
            + rig.row(run)
            + rig.row(run).view()
            + rig.disk().gates(run).stream().map(gate -> gate.view().toString()).toList()
            + rig.disk().disclosures(StreamId.of(run)).stream().map(d -> d.value()).toList()
            + rig.disk().outbox("bucket", Ledger.ROWS_MAX).stream().map(m -> m.body()).toList());
  }

  /// Their random letters may spell a short name.
  private static String withoutCommitments(String text) {
    return Commitment.ANYWHERE.matcher(text).replaceAll("");
  }

  private static String stored(EngineRig rig) {
    return rig.disk().log(0, Ledger.ROWS_MAX).stream()
        .map(LoggedEntry::stream)
        .filter(StreamId::isRun)
        .distinct()
        .map(stream -> stored(rig, RunId.parse(stream.value())))
        .collect(Collectors.joining("\n"));
  }

  private static Set<String> commitments(EngineRig rig) {
    return Commitment.ANYWHERE
        .matcher(hashed(rig))
        .results()
        .map(found -> found.group())
        .collect(Collectors.toSet());
  }

  private static String sha256(String text) {
    return Sha256.hex(text.getBytes(UTF_8));
  }

  private static String text(String value) {
    return new JsonString(value).toString();
  }
}
