package dev.fedcore.engine;

import static dev.fedcore.engine.EngineRig.ANN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.engine.LedgerLine.Fault;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.receipt.AuditEntry;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenantJournalTest {

  private static final StreamId STREAM = StreamId.of(TenantId.DEFAULT);

  @Test
  void a_refused_command_is_an_entry_that_says_who_what_and_why() {
    try (var rig = EngineRig.started()) {
      RunId run = rig.run("allow", "done");
      rig.refused(ANN, run, new Request.Resume());

      AuditEntry entry = rig.entries(STREAM).getFirst();
      assertThat(entry.eventType()).isEqualTo("FC-REFUSAL-001");
      assertThat(rig.engine().subjects().named(TenantId.DEFAULT, entry.actorId())).contains("ann");
      assertThat(entry.message()).isEqualTo("Resume refused: WrongState");
      assertThat(entry.details().toString()).contains(run.toString());
    }
  }

  @Test
  void a_flood_of_refusals_is_counted_and_the_count_is_an_entry() {
    try (var rig = EngineRig.started()) {
      refuse(rig, 25);
      assertThat(rig.entries(STREAM)).hasSize(TenantJournal.REFUSALS_PER_SECOND_MAX);

      rig.advance(Duration.ofSeconds(1));
      refuse(rig, 1);

      List<AuditEntry> entries = rig.entries(STREAM);
      assertThat(entries).hasSize(TenantJournal.REFUSALS_PER_SECOND_MAX + 2);
      assertThat(entries.get(10).eventType()).isEqualTo("FC-REFUSAL-002");
      assertThat(entries.get(10).message()).startsWith("15 refusals");
    }
  }

  @Test
  void a_count_that_could_not_be_written_is_not_forgotten() {
    try (var rig = EngineRig.started()) {
      refuse(rig, 25);
      rig.advance(Duration.ofSeconds(1));
      rig.line().script(Fault.LOST);
      assertThatThrownBy(() -> refuse(rig, 1)).isInstanceOf(LedgerUnavailable.class);

      refuse(rig, 1);

      assertThat(rig.entries(STREAM).get(10).message()).startsWith("16 refusals");
    }
  }

  @Test
  void a_clock_that_is_set_back_does_not_silence_it() {
    try (var rig = EngineRig.started()) {
      refuse(rig, 25);
      rig.advance(Duration.ofHours(-1));

      refuse(rig, 1);

      assertThat(rig.entries(STREAM)).hasSize(TenantJournal.REFUSALS_PER_SECOND_MAX + 2);
    }
  }

  @Test
  void an_entry_whose_answer_was_lost_is_followed_by_the_next() {
    try (var rig = EngineRig.started()) {
      rig.line().script(Fault.ANSWER_LOST);
      assertThatThrownBy(() -> refuse(rig, 1)).isInstanceOf(LedgerUnavailable.class);

      refuse(rig, 1);

      // The one that may have been lost is counted as well: once too often rather than never.
      assertThat(rig.entries(STREAM))
          .extracting(AuditEntry::eventType)
          .containsExactly("FC-REFUSAL-001", "FC-REFUSAL-002", "FC-REFUSAL-001");
    }
  }

  @Test
  void another_process_on_the_same_stream_goes_on_where_it_ended() {
    try (var rig = EngineRig.started()) {
      var other =
          new TenantJournal(
              rig.line(), rig.engine().commits(), rig.engine().clock(), rig.engine().subjects());
      refuse(rig, 2);
      other.refused(ANN, "Other", "Refused", JsonObject.EMPTY);
      refuse(rig, 1);

      assertThat(rig.entries(STREAM)).extracting(AuditEntry::seq).containsExactly(0L, 1L, 2L, 3L);
    }
  }

  @Test
  void tenants_have_streams_of_their_own() {
    try (var rig = EngineRig.started()) {
      refuse(rig, 12);
      rig.journal().refused(EngineRig.EVE, "Cancel", "UnknownRun", JsonObject.EMPTY);

      assertThat(rig.entries(StreamId.of(EngineRig.EVE.tenant()))).hasSize(1);
    }
  }

  private static void refuse(EngineRig rig, int times) {
    for (int i = 0; i < times; i++) {
      rig.journal().refused(ANN, "Resume", "WrongState", JsonObject.EMPTY);
    }
  }
}
