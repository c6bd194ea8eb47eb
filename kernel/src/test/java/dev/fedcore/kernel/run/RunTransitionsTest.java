package dev.fedcore.kernel.run;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.kernel.run.Outcome.Accepted;
import dev.fedcore.kernel.run.Outcome.Refused;
import dev.fedcore.kernel.run.RunState.PauseCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds the rules and the documentation together: the tables below are made from the code, and
/// must be the very text that readers are shown. Run with `-Dfedcore.approve=true` to write it.
class RunTransitionsTest {

  /// Tests run in their module's directory.
  private static final Path DOCUMENTED = Path.of("..", "docs", "run-transitions.md");

  private static final Map<String, RunState> STATES = Samples.states();

  /// What Federation Core asks of its own accord: it expires gates, and runs managed steps.
  private static final Set<String> OWN = Set.of("ExpireGate");

  private static final Set<String> OWN_WHEN_MANAGED = Set.of("BeginStep", "FinishStep");

  private static final String INTRODUCTION =
      """
      # What may be asked of a run, and what it comes to

      Made from `RunDecider` by `RunTransitionsTest`; a test fails when the two differ. Rows are the
      states of a run as far as a reader can tell them apart, columns the commands. A cell is the
      state that the command leads to, or *the refusal*. Each command is given as well as it can be:
      about the step and the gate that the run is at, with an answer of policy that allows, by
      somebody who may, and for `ExpireGate` once the time is over.

      `BeginStep` and `FinishStep` are what Federation Core does itself in a managed run, and what a
      worker reports of an external one. `ExpireGate` is never asked from outside.

      """;

  @Test
  void the_samples_leave_out_no_state_no_cause_and_no_ending() {
    assertThat(kinds(STATES.values()))
        .containsExactlyInAnyOrderElementsOf(permitted(RunState.class));
    assertThat(
            STATES.values().stream()
                .filter(RunState.Paused.class::isInstance)
                .flatMap(state -> ((RunState.Paused) state).causes().stream())
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(PauseCause.values());
    assertThat(
            STATES.values().stream()
                .filter(RunState.Ended.class::isInstance)
                .map(state -> ((RunState.Ended) state).outcome())
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(RunStatus.values()).filter(RunStatus::isTerminal).toList());
  }

  @Test
  void the_samples_leave_out_no_command() {
    assertThat(STATES.values())
        .allSatisfy(state ->
            assertThat(kinds(Samples.commandsFor(state)))
                .containsExactlyInAnyOrderElementsOf(permitted(RunCommand.class)));
  }

  @Test
  void the_documented_transitions_are_the_real_ones() throws IOException {
    if (Boolean.getBoolean("fedcore.approve")) {
      Files.createDirectories(DOCUMENTED.getParent());
      Files.writeString(DOCUMENTED, document());
    }
    assertThat(document())
        .as("if the change is meant, run again with -Dfedcore.approve=true")
        .isEqualTo(Files.readString(DOCUMENTED));
  }

  @Test
  void what_is_called_allowed_is_what_is_accepted() {
    STATES.forEach((name, state) ->
        assertThat(RunDecider.allowed(state))
            .as("allowed when %s", name)
            .containsExactlyElementsOf(acceptedFromOutside(state)));
  }

  @Test
  void a_refused_command_is_told_what_is_allowed() {
    STATES.forEach((name, state) -> {
      for (RunCommand command : Samples.commandsFor(state)) {
        if (decide(state, command) instanceof Refused(Refusal.WrongState wrong)) {
          assertThat(wrong.allowed()).as(name).isEqualTo(RunDecider.allowed(state));
          assertThat(wrong.command()).isEqualTo(command.getClass().getSimpleName());
          assertThat(wrong.status()).isEqualTo(RunState.status(state));
        }
      }
    });
  }

  private static List<String> acceptedFromOutside(RunState state) {
    var accepted = new ArrayList<String>();
    for (RunCommand command : Samples.commandsFor(state)) {
      String name = command.getClass().getSimpleName();
      if (decide(state, command) instanceof Accepted && !isOwn(state, name)) {
        accepted.add(name);
      }
    }
    return accepted;
  }

  private static boolean isOwn(RunState state, String command) {
    if (state instanceof RunState.New) {
      return false;
    }
    boolean isManaged = RunState.course(state).plan().execution().isManaged();
    return OWN.contains(command) || (isManaged && OWN_WHEN_MANAGED.contains(command));
  }

  private static String document() {
    List<String> commands = new ArrayList<>(kinds(Samples.commandsFor(RunDecider.initial())));
    List<String> wholeRun =
        commands.stream().filter(name -> !name.contains("Step") && !isAboutGate(name)).toList();
    List<String> steps = commands.stream().filter(name -> name.contains("Step")).toList();
    List<String> gates = commands.stream().filter(RunTransitionsTest::isAboutGate).toList();
    return INTRODUCTION
        + "## The run\n\n"
        + table(wholeRun)
        + "\n## Its steps\n\n"
        + table(steps)
        + "\n## Its gates\n\n"
        + table(gates);
  }

  private static boolean isAboutGate(String command) {
    return command.contains("Gate") || command.contains("Vote");
  }

  private static String table(List<String> commands) {
    var rows = new ArrayList<String>();
    rows.add(row("state", commands.stream()));
    rows.add(row("---", commands.stream().map(_ -> "---")));
    STATES.forEach((name, state) ->
        rows.add(
            row(
                name,
                Samples.commandsFor(state).stream()
                    .filter(c -> commands.contains(c.getClass().getSimpleName()))
                    .map(c -> cell(state, c)))));
    return String.join("\n", rows) + "\n";
  }

  private static String cell(RunState state, RunCommand command) {
    return switch (decide(state, command)) {
      case Accepted(var events) ->
          name(events.stream().reduce(state, Evolution::evolve, (a, _) -> a));
      case Refused(var refusal) -> "*" + refusal.getClass().getSimpleName() + "*";
    };
  }

  /// A gate is asked to expire when its time is over, everything else while it is not.
  private static Outcome decide(RunState state, RunCommand command) {
    Instant now =
        command instanceof RunCommand.ExpireGate ? Example.NOW.plus(Example.HOUR) : Example.NOW;
    return RunDecider.decide(state, command, Example.facts(state, now));
  }

  private static String name(RunState state) {
    return switch (state) {
      case RunState.New _ -> "New";
      case RunState.Pending _ -> "Pending";
      case RunState.Running running ->
          running.course().isAtWork() ? "Running, step at work" : "Running";
      case RunState.Paused paused ->
          "Paused by "
              + new TreeSet<>(paused.causes())
                  .stream().map(PauseCause::name).collect(joining(" and "));
      case RunState.Cancelling _ -> "Cancelling";
      case RunState.Ended ended -> "Ended " + ended.outcome();
    };
  }

  private static String row(String first, Stream<String> rest) {
    return Stream.concat(Stream.of(first), rest).collect(joining(" | ", "| ", " |"));
  }

  private static Collection<String> kinds(Collection<?> samples) {
    return samples.stream().map(sample -> sample.getClass().getSimpleName()).distinct().toList();
  }

  private static List<String> permitted(Class<?> family) {
    return Arrays.stream(family.getPermittedSubclasses()).map(Class::getSimpleName).toList();
  }
}
