package dev.fedcore.engine;

import dev.fedcore.engine.CommandResult.Refused;
import dev.fedcore.engine.CommandService.Again;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LedgerUnavailable;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.Timer;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.run.RunCommand.ExpireGate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Rejects the gates that nobody answered in time.
final class GateExpiry {

  /// Gates rejected in one go; the rest come next time.
  private static final int PAGE = 200;

  private static final Duration FAILED_AGAIN_AFTER = Duration.ofMinutes(10);

  private final Ledger ledger;
  private final InstantSource clock;
  private final Again again;

  /// Gates that could not be rejected, and until when that is not tried again.
  private final Map<GateId, Instant> failed = new HashMap<>();

  GateExpiry(Ledger ledger, InstantSource clock, Again again) {
    this.ledger = ledger;
    this.clock = clock;
    this.again = again;
  }

  /// For one thread.
  void run() {
    Instant now = clock.instant();
    failed.values().removeIf(until -> !until.isAfter(now));
    ledger.timersDue(now, Math.min(PAGE + failed.size(), Ledger.ROWS_MAX)).stream()
        .filter(timer -> !failed.containsKey(timer.gate()))
        .forEach(timer -> tryToExpire(timer, now));
  }

  /// Runs that cannot be read must not keep the gates of all others open, nor fill the log.
  private void tryToExpire(Timer timer, Instant now) {
    try {
      expire(timer);
    } catch (LedgerUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      failed.put(timer.gate(), now.plus(FAILED_AGAIN_AFTER));
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
