package dev.fedcore.adapters;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.Adapter.Lookup;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.adapter.AdapterOutcome.InDoubt;
import dev.fedcore.engine.adapter.AdapterOutcome.NotNow;
import dev.fedcore.engine.adapter.AdapterOutcome.Rejected;
import dev.fedcore.engine.adapter.Permit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every adapter promises whose effects happen at somebody else's: what it says when that
/// somebody is away, says no, says later, or hangs up.
public abstract class SendingContract extends JournalledContract {

  /// What the adapter logs in with.
  protected static final String SECRET = "s3cret-Pa55word";

  /// What a receiver says that wants to be seen: a secret, colours, a new line, a turned-round
  /// word.
  protected static final String HOSTILE = SECRET + " \u001b[31mred\u001b[0m \u202etxet ";

  /// How the receiver behaves.
  protected enum Receiver {
    /// Nobody listens.
    GONE,
    /// Reads it all and says never, with [#HOSTILE] words.
    REFUSES,
    /// Reads it all and says not now, with [#HOSTILE] words.
    SAYS_LATER,
    /// Reads it all, does it, and hangs up.
    HANGS_UP,
    /// Reads it all, does it, and hangs up in the middle of its answer.
    HANGS_UP_HALFWAY
  }

  /// Sets how the receiver behaves from now on.
  protected abstract void behave(Receiver receiver);

  private AdapterOutcome executed(Receiver receiver) {
    adapter();
    behave(receiver);
    return adapter().execute(permit(run(1), 1, action(1)), action(1));
  }

  private Lookup found() {
    return adapter().find(Permit.effectKey(run(1), permit(run(1), 1, action(1)).step(), 1));
  }

  @Test
  void does_nothing_when_nobody_listens() {
    assertThat(executed(Receiver.GONE)).isInstanceOf(NotNow.class);
    assertThat(found()).isEqualTo(new Lookup.Absent());
  }

  @Test
  void takes_a_refusal_for_an_answer() {
    assertThat(executed(Receiver.REFUSES)).isInstanceOf(Rejected.class);
    assertThat(found()).isEqualTo(new Lookup.Absent());
    assertThat(effects()).isZero();
  }

  @Test
  void takes_a_later_for_an_answer() {
    assertThat(executed(Receiver.SAYS_LATER)).isInstanceOf(NotNow.class);
    assertThat(found()).isEqualTo(new Lookup.Absent());
    assertThat(effects()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"HANGS_UP", "HANGS_UP_HALFWAY"})
  void is_in_doubt_when_the_answer_is_lost(Receiver receiver) {
    assertThat(executed(receiver)).isInstanceOf(InDoubt.class);
    assertThat(found()).isInstanceOf(Lookup.Unknowable.class);
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void sends_nothing_again_under_a_key_that_is_in_doubt() {
    AdapterOutcome first = executed(Receiver.HANGS_UP);
    Adapter unguarded = adapterWith((_, _) -> {});

    AdapterOutcome second = unguarded.execute(permit(run(1), 1, action(1)), action(1));

    assertThat(second).isEqualTo(first);
    assertThat(effects()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSES", "SAYS_LATER"})
  void repeats_what_the_receiver_says_without_secrets_and_without_harm(Receiver receiver) {
    String said = executed(receiver).toString();

    assertThat(said).contains("red").doesNotContain(SECRET, "\u001b", "\u202e", "\r", "\n");
  }

  @Test
  void knows_after_a_restart_what_was_done() {
    Permit permit = permit(run(1), 1, action(1));
    AdapterOutcome outcome = adapter().execute(permit, action(1));

    restart();

    assertThat(adapter().find(permit.effectKey()))
        .isEqualTo(new Lookup.Found(effect(outcome), output(outcome)));
    assertThat(adapter().isDryRun()).isFalse();
  }

  @Test
  void knows_after_a_restart_what_is_in_doubt() {
    executed(Receiver.HANGS_UP);

    restart();

    assertThat(found()).isInstanceOf(Lookup.Unknowable.class);
  }
}
