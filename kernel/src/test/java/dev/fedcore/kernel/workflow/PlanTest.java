package dev.fedcore.kernel.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.testing.ForAll;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A plan is sound by construction.
class PlanTest {

  private static final DefinitionRef REF =
      new DefinitionRef("spine", "1.0.0", new Digest("d".repeat(64)));

  @Test
  void has_steps() {
    assertUnsound("a plan has 1 to 256 steps, got 0");
  }

  @Test
  void has_at_most_two_hundred_and_fifty_six_steps() {
    assertThat(plan(transforms(256)).steps()).hasSize(256);
    assertThat(Plan.unsoundness(transforms(257))).contains("a plan has 1 to 256 steps, got 257");
  }

  @Test
  void names_each_step_once() {
    assertUnsound(
        "step id s0 is used twice",
        new PlannedStep(new StepId("s0"), StepType.ACT),
        new PlannedStep(new StepId("s0"), StepType.ACT));
  }

  @ParameterizedTest
  @EnumSource(
      value = StepType.class,
      names = {"DECIDE", "GATE"})
  void has_an_act_after_what_is_about_one(StepType type) {
    String needs = "step s%d is a %s step and needs an ACT step after it";

    assertUnsound(needs.formatted(0, type), step(0, type));
    assertUnsound(needs.formatted(1, type), step(0, StepType.ACT), step(1, type));
    assertThat(Plan.unsoundness(List.of(step(0, type), step(1, StepType.ACT)))).isEmpty();
    assertThat(
            Plan.unsoundness(
                List.of(step(0, type), step(1, StepType.OBSERVE), step(2, StepType.ACT))))
        .isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = StepType.class,
      names = {"OBSERVE", "ACT", "TRANSFORM"})
  void may_be_a_single_step_of_another_type(StepType type) {
    assertThat(plan(List.of(step(0, type))).actionIndex(0)).isZero();
  }

  @Test
  void knows_which_action_a_step_is_about() {
    Plan plan =
        plan(
            List.of(
                step(0, StepType.OBSERVE),
                step(1, StepType.DECIDE),
                step(2, StepType.GATE),
                step(3, StepType.ACT),
                step(4, StepType.GATE),
                step(5, StepType.TRANSFORM),
                step(6, StepType.ACT)));

    assertThat(IntStream.range(0, 7).map(plan::actionIndex)).containsExactly(0, 3, 3, 3, 6, 5, 6);
  }

  @Test
  void knows_where_a_step_stands() {
    Plan plan = plan(List.of(step(0, StepType.OBSERVE), step(1, StepType.ACT)));

    assertThat(plan.indexOf(new StepId("s1"))).contains(1);
    assertThat(plan.indexOf(new StepId("s2"))).isEmpty();
  }

  @Test
  void keeps_its_steps_whatever_becomes_of_the_list_they_came_in() {
    var steps = new ArrayList<>(List.of(step(0, StepType.ACT)));
    Plan plan = plan(steps);
    steps.clear();

    assertThat(plan.steps()).hasSize(1);
  }

  @Test
  void is_sound_exactly_when_it_can_be_made_and_then_every_step_has_its_action() {
    ForAll.listsOf(random -> ForAll.oneOf(random, StepType.values()), 8)
        .seeds(
            2_000,
            types -> {
              List<PlannedStep> steps =
                  IntStream.range(0, types.size()).mapToObj(i -> step(i, types.get(i))).toList();
              if (Plan.unsoundness(steps).isPresent()) {
                assertThatIllegalArgumentException().isThrownBy(() -> plan(steps));
              } else {
                Plan plan = plan(steps);
                assertThat(IntStream.range(0, steps.size()))
                    .allSatisfy(i -> assertActionOf(plan, i));
              }
            });
  }

  private static void assertActionOf(Plan plan, int index) {
    StepType type = plan.steps().get(index).type();
    int action = plan.actionIndex(index);
    if (type == StepType.DECIDE || type == StepType.GATE) {
      assertThat(action).isGreaterThan(index);
      assertThat(plan.steps().get(action).type()).isEqualTo(StepType.ACT);
      assertThat(plan.steps().subList(index + 1, action))
          .noneMatch(step -> step.type() == StepType.ACT);
    } else {
      assertThat(action).isEqualTo(index);
    }
  }

  private static void assertUnsound(String why, PlannedStep... steps) {
    assertThat(Plan.unsoundness(List.of(steps))).contains(why);
    assertThatIllegalArgumentException().isThrownBy(() -> plan(List.of(steps))).withMessage(why);
  }

  private static List<PlannedStep> transforms(int count) {
    return IntStream.range(0, count).mapToObj(i -> step(i, StepType.TRANSFORM)).toList();
  }

  private static Plan plan(List<PlannedStep> steps) {
    return new Plan(REF, Execution.MANAGED, steps);
  }

  private static PlannedStep step(int number, StepType type) {
    return new PlannedStep(new StepId("s" + number), type);
  }
}
