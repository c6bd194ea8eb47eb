package dev.fedcore.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

/// A rule as three lines: given what happened, when this is asked, then that is the answer.
///
/// @param <C> what may be asked
/// @param <E> what may have happened
/// @param <O> how an answer looks
public final class Specification<C, E, O> {

  private final BiFunction<List<E>, C, O> decide;

  /// @param decide answers a command after a history, oldest event first
  public Specification(BiFunction<List<E>, C, O> decide) {
    this.decide = decide;
  }

  /// Starts a specification with what has happened, oldest first.
  @SafeVarargs
  public final Given given(E... history) {
    var copy = new ArrayList<E>(history.length);
    for (E event : history) {
      copy.add(event);
    }
    return givenAll(copy);
  }

  /// Starts a specification with a history made elsewhere.
  public Given givenAll(List<E> history) {
    return new Given(List.copyOf(history));
  }

  /// A history that waits for its command.
  public final class Given {

    private final List<E> history;

    private Given(List<E> history) {
      this.history = history;
    }

    /// Asks `command` after the history.
    public When when(C command) {
      return new When(command, decide.apply(history, command));
    }
  }

  /// A command and what was answered.
  public final class When {

    private final C command;
    private final O answer;

    private When(C command, O answer) {
      this.command = command;
      this.answer = answer;
    }

    /// Claims the whole answer.
    public void then(O expected) {
      assertThat(answer).as("answer to %s", command).isEqualTo(expected);
    }
  }
}
