package dev.fedcore.engine;

import dev.fedcore.engine.CommandResult.Rejected;
import dev.fedcore.engine.CommandResult.Replayed;
import dev.fedcore.engine.ledger.KeptAnswer;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.kernel.identity.TenantId;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/// Sees to it that a request with an idempotency key is done once, however often it is sent.
///
/// Done requests are answered from the ledger; those under way are known here, and refused
/// meanwhile. A request that changed nothing leaves its key free.
///
/// @see <a href="https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/">The
///   Idempotency-Key HTTP Header Field</a>
final class IdempotentAnswers {

  private final Ledger ledger;
  private final Set<String> underWay = ConcurrentHashMap.newKeySet();

  IdempotentAnswers(Ledger ledger) {
    this.ledger = ledger;
  }

  CommandResult once(
      TenantId tenant, Optional<IdempotencyKey> key, Supplier<CommandResult> request) {
    return key.isEmpty() ? request.get() : once(tenant, key.get(), request);
  }

  private CommandResult once(TenantId tenant, IdempotencyKey key, Supplier<CommandResult> request) {
    String name = tenant + ":" + key.key();
    if (!underWay.add(name)) {
      return new Rejected(new Rejection.KeyInProgress());
    }
    try {
      return ledger
          .answer(tenant, key.key())
          .map(earlier -> replay(key, earlier))
          .orElseGet(request);
    } finally {
      underWay.remove(name);
    }
  }

  /// The earlier answer, if it was given to this very request.
  static CommandResult replay(IdempotencyKey key, KeptAnswer earlier) {
    return earlier.fingerprint().equals(key.fingerprint())
        ? new Replayed(earlier)
        : new Rejected(new Rejection.KeyReused());
  }
}
