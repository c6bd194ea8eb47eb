package dev.fedcore.engine;

import dev.fedcore.engine.CommandResult.Refused;
import dev.fedcore.engine.CommandService.Again;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.Timer;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.run.RunCommand.ExpireGate;
import java.time.InstantSource;
import java.util.List;

/// Rejects the gates that nobody answered in time.
final class GateExpiry {

  /// Gates rejected in one go; the rest come next time.
  private static final int PAGE = 200;

  private final Ledger ledger;
  private final InstantSource clock;
  private final Again again;

  GateExpiry(Ledger ledger, InstantSource clock, Again again) {
    this.ledger = ledger;
    this.clock = clock;
    this.again = again;
  }

  void run() {
    List<Timer> due = ledger.timersDue(clock.instant(), PAGE);
    due.forEach(this::tryToExpire);
  }

  /// One run that cannot be read must not keep the gates of all others open.
  private void tryToExpire(Timer timer) {
    try {
      expire(timer);
    } catch (LedgerUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      System.getLogger(GateExpiry.class.getName())
          .log(System.Logger.Level.ERROR, "gate_not_expired gate=" + timer.gate(), e);
    }
  }

  private void expire(Timer timer) {
    RunRow row = ledger.run(timer.run()).orElseThrow();
    var by = Principal.system(row.tenant());
    // Refused if somebody answered in this very moment: then their answer stands.
    again.turn(
        timer.run(), by, turn -> turn.ask(new ExpireGate(by, timer.gate())).map(Refused::new));
  }
}
