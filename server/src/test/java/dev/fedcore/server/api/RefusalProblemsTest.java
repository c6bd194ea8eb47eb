package dev.fedcore.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.http.Problem;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.run.Refusal;
import dev.fedcore.kernel.run.RunStatus;
import dev.fedcore.kernel.run.StepStatus;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefusalProblemsTest {

  private static final GateId GATE = GateId.parse("01890a5d-ac96-774b-bcce-b302099a8057");
  private static final StepId STEP = new StepId("step_1");
  private static final Instant AT = Instant.parse("2026-01-01T10:00:00Z");

  private static final List<Refusal> ONE_OF_EACH =
      List.of(
          new Refusal.UnknownRun(),
          new Refusal.RunExists(),
          new Refusal.WrongState(RunStatus.PAUSED, "StartRun", List.of("ResumeRun")),
          new Refusal.ManagedRun("CompleteRun"),
          new Refusal.UnknownStep(STEP),
          new Refusal.WrongStep(STEP, new StepId("step_2")),
          new Refusal.WrongStepStatus(STEP, StepStatus.RUNNING, StepStatus.IN_DOUBT),
          new Refusal.WrongAttempt(STEP, 1, 2),
          new Refusal.StepsOpen(STEP),
          new Refusal.NotRetryable(STEP, StepStatus.DENIED),
          new Refusal.WaitsForGate(GATE),
          new Refusal.WaitsForSettlement(STEP),
          new Refusal.UnknownGate(GATE),
          new Refusal.GateResolvedAlready(GATE, GateStatus.APPROVED, "ben"),
          new Refusal.GateExpired(GATE, AT),
          new Refusal.GateNotExpired(GATE, AT),
          new Refusal.NotAnApprover(GATE, "ann"),
          new Refusal.SeparationOfDuties(GATE, "ann", true),
          new Refusal.VotedAlready(GATE, "ann"),
          new Refusal.CommentMissing(GATE),
          new Refusal.SettlementUnknown(STEP));

  @Test
  void every_kind_of_refusal_has_a_type_of_its_own() {
    assertThat(ONE_OF_EACH).hasSize(Refusal.class.getPermittedSubclasses().length);
    assertThat(ONE_OF_EACH.stream().map(RefusalProblems::of).map(Problem::kind))
        .doesNotHaveDuplicates();
  }

  @Test
  void every_refusal_that_is_about_a_gate_names_it() {
    assertThat(ONE_OF_EACH.stream().map(RefusalProblems::of))
        .filteredOn(problem -> problem.detail().contains("gate") && problem.kind().status() != 404)
        .allMatch(problem -> problem.extensions().get("gate_id").isPresent());
  }
}
