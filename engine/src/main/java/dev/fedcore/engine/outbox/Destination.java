package dev.fedcore.engine.outbox;

import dev.fedcore.engine.ledger.OutboxMessage;

/// A receiver of outbox messages. Called by one thread at a time.
///
/// Sets a time limit of its own on every wait, two seconds unless it is configured otherwise. Hands
/// the message's id on, by which the receiver recognises one that it has already.
public interface Destination {

  /// As messages are addressed to it, such as `bucket`.
  String name();

  /// Delivers one message. A fault that is thrown counts as [Delivery.TryLater].
  Delivery deliver(OutboxMessage message);
}
