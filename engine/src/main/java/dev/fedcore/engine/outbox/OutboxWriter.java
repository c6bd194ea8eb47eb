package dev.fedcore.engine.outbox;

import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.StreamId;
import java.util.ArrayList;
import java.util.List;

/// Addresses what has happened to whoever is to be told of it, in the transaction that keeps it.
public final class OutboxWriter {

  private final List<Subscription> subscriptions;

  /// Tells these, and nobody else.
  ///
  /// @param subscriptions who is told of what; may be empty
  public OutboxWriter(List<Subscription> subscriptions) {
    this.subscriptions = List.copyOf(subscriptions);
  }

  /// The messages about one append, those to each destination in the order of its entries. A
  /// message is numbered like the entry at its place, so no two share an id.
  ///
  /// @param run as it stands after the append
  public List<OutboxMessage> messages(RunRow run, long firstSeq, List<Document> entries) {
    if (subscriptions.isEmpty()) {
      return List.of();
    }
    var stream = StreamId.of(run.run());
    var messages = new ArrayList<OutboxMessage>();
    for (Subscription subscription : subscriptions) {
      String destination = subscription.destination();
      List<Payload> bodies = subscription.told(run, entries);
      if (bodies.size() > entries.size()) {
        throw new IllegalStateException(destination + " is told more than has happened");
      }
      long seq = firstSeq;
      for (Payload body : bodies) {
        String id = "%s:%d:%s".formatted(stream, seq++, destination);
        messages.add(new OutboxMessage(id, destination, stream, body));
      }
    }
    return messages;
  }
}
