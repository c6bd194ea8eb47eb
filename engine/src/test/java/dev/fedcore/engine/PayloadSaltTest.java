package dev.fedcore.engine;

import static dev.fedcore.engine.EngineRig.ANN;
import static dev.fedcore.engine.EngineRig.BEN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.disclosure.SubjectKeys;
import dev.fedcore.engine.erasure.Eraser;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.kernel.gate.Vote.Choice;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.run.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Payloads enter hashed documents by hashes that nobody can try a guess against once the run's
/// salt is erased.
class PayloadSaltTest {

  private static final Principal ADMIN =
      new Principal("root", TenantId.DEFAULT, Set.of(Role.ADMIN));
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  @Test
  void no_hash_can_be_made_again_without_the_salt() {
    try (var rig = EngineRig.started()) {
      RunId run = rig.runOf(ANN, "flag");
      assertThat(approve(rig, run)).isEqualTo(RunStatus.COMPLETED);

      Set<String> hashed = hashes(rig, run);
      List<JsonObject> payloads = payloads(rig, run);
      assertThat(payloads).hasSizeGreaterThan(3);
      for (JsonObject payload : payloads) {
        byte[] canonical = payload.canonicalBytes();
        assertThat(hashed).doesNotContain(PayloadSalt.NONE.hash(canonical));
        assertThat(hashed).contains(salt(rig, run).hash(canonical));
      }
    }
  }

  @Test
  void the_same_person_who_asks_for_the_same_has_the_same_hashes_and_nobody_else_has() {
    try (var rig = EngineRig.started()) {
      RunId first = rig.runOf(ANN, "allow");
      RunId second = rig.runOf(ANN, "allow");
      RunId other = rig.runOf(BEN, "allow");

      assertThat(rig.view(second).get("workflow_hash"))
          .isEqualTo(rig.view(first).get("workflow_hash"));
      assertThat(rig.view(other).get("input_hash")).isNotEqualTo(rig.view(first).get("input_hash"));
    }
  }

  @Test
  void a_run_keeps_its_salt_over_a_restart() {
    try (var rig = EngineRig.started()) {
      RunId run = rig.runOf(ANN, "flag");
      PayloadSalt before = salt(rig, run);
      rig.restart();

      assertThat(approve(rig, run)).isEqualTo(RunStatus.COMPLETED);
      assertThat(salt(rig, run)).isEqualTo(before);
      assertThat(rig.verify(StreamId.of(run)).findings()).isEmpty();
    }
  }

  @Test
  void an_erasure_takes_the_salt_and_the_key_that_it_was_drawn_from() {
    try (var rig = EngineRig.started()) {
      RunId anns = rig.runOf(ANN, "allow");
      RunId bens = rig.runOf(BEN, "allow");
      PayloadSalt gone = salt(rig, anns);
      PayloadSalt kept = salt(rig, bens);

      erase(rig, "ann");

      assertThat(rig.view(anns).get("payload_salt")).contains(JsonNull.NULL);
      assertThat(rig.row(anns).view().toString()).doesNotContain(gone.hex());
      assertThat(rig.disk().subject(TenantId.DEFAULT, SubjectKeys.PAYLOADS)).isEmpty();
      assertThat(salt(rig, bens)).isEqualTo(kept);
      assertThat(salt(rig, rig.runOf(ANN, "allow"))).isNotEqualTo(gone);
      assertThat(salt(rig, rig.runOf(BEN, "allow"))).isNotEqualTo(kept);
    }
  }

  @Test
  void an_erased_output_takes_the_salt_with_it_and_leaves_the_input_to_be_read() {
    try (var rig = EngineRig.started()) {
      RunId run = rig.runOf(ANN, "flag");
      approve(rig, run);

      erase(rig, "ben");

      assertThat(rig.view(run).get("payload_salt")).contains(JsonNull.NULL);
      assertThat(rig.view(run).get("input_payload")).isNotEqualTo(Optional.of(JsonNull.NULL));
      assertThat(rig.verify(StreamId.of(run)).findings()).isEmpty();
    }
  }

  @Test
  void a_reason_that_quotes_is_sealed_the_same_in_equal_executions_and_goes_with_the_run() {
    try (var rig = EngineRig.started()) {
      RunId first = rig.runOf(ANN, "quote@step_2");
      RunId second = rig.runOf(ANN, "quote@step_2");
      assertThat(documents(rig, first)).doesNotContain("nobody may do");
      assertThat(rig.row(first).view().toString()).contains("nobody may do");
      assertThat(rig.view(second).get("workflow_hash"))
          .isEqualTo(rig.view(first).get("workflow_hash"));
      rig.restart();

      erase(rig, "ann");

      assertThat(rig.row(first).view().toString()).doesNotContain("nobody may do");
      assertThat(rig.disk().disclosures(StreamId.of(first))).isEmpty();
      assertThat(rig.verify(StreamId.of(first)).findings()).isEmpty();
    }
  }

  private static RunStatus approve(EngineRig rig, RunId run) {
    return rig.done(
        BEN,
        run,
        new Request.Vote(
            rig.gate(run), Choice.APPROVE, Optional.empty(), Optional.empty(), Optional.empty()));
  }

  private static void erase(EngineRig rig, String subject) {
    new Eraser(rig.disk(), rig.journal(), rig.engine().subjects(), rig.service()::forget, List.of())
        .erase(ADMIN, subject, "law");
  }

  private static PayloadSalt salt(EngineRig rig, RunId run) {
    return rig.view(run)
        .get("payload_salt")
        .map(JsonString.class::cast)
        .map(JsonString::value)
        .map(PayloadSalt::new)
        .orElseThrow();
  }

  /// The run's input and what its steps put out.
  private static List<JsonObject> payloads(EngineRig rig, RunId run) {
    var payloads = new ArrayList<JsonObject>();
    rig.view(run).get("input_payload").map(JsonObject.class::cast).ifPresent(payloads::add);
    for (JsonValue step : ((JsonArray) rig.view(run).get("steps").orElseThrow()).items()) {
      ((JsonObject) step)
          .get("output")
          .filter(JsonObject.class::isInstance)
          .map(JsonObject.class::cast)
          .ifPresent(payloads::add);
    }
    return payloads;
  }

  /// Every hash in any entry or receipt of the run.
  private static Set<String> hashes(EngineRig rig, RunId run) {
    return HASH.matcher(documents(rig, run))
        .results()
        .map(found -> found.group())
        .collect(Collectors.toSet());
  }

  private static String documents(EngineRig rig, RunId run) {
    return rig.disk().stream(StreamId.of(run), 0, Ledger.ROWS_MAX).stream()
            .map(entry -> new String(entry.document().bytes(), UTF_8))
            .collect(Collectors.joining("\n"))
        + rig.receipts(run);
  }
}
