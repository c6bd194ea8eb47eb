package dev.fedcore.adapters.ai;

import dev.fedcore.adapters.outbox.EffectJournal;
import dev.fedcore.sqlite.StoreUnavailable;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;

/// How many tokens a day (UTC) may cost: kept durably, so that a restart does not fill it again.
///
/// What a question may cost at most is taken before it is asked, and what it did not cost is given
/// back. Of a question whose answer was lost, nothing is given back.
record TokenBudget(EffectJournal journal, long tokensPerDay, InstantSource clock) {

  /// Takes tokens, if there are so many left.
  ///
  /// @throws StoreUnavailable if the journal does not answer; some may have been taken
  boolean take(LocalDate day, long tokens) {
    return journal.take(purse(day), tokens, tokensPerDay);
  }

  LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /// Sets right what was taken, when it is known what it cost. Who cannot be told loses nothing but
  /// budget.
  void settle(LocalDate day, long taken, long cost) {
    try {
      if (cost > taken) {
        journal.take(purse(day), cost - taken, Long.MAX_VALUE);
      } else {
        journal.giveBack(purse(day), taken - cost);
      }
    } catch (StoreUnavailable e) {
      System.getLogger(TokenBudget.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "tokens_not_settled taken=%d cost=%d cause=%s"
                  .formatted(taken, cost, e.getMessage()));
    }
  }

  private static String purse(LocalDate day) {
    return "ai-tokens " + day;
  }
}
