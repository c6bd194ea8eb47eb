package dev.fedcore.engine.outbox;

import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.engine.ledger.StreamId;
import java.util.ArrayList;
import java.util.List;

/// Addresses entries to whoever is to be told of them, in the transaction that keeps them.
public final class OutboxWriter {

  private final List<String> destinations;

  /// Tells these, and nobody else.
  ///
  /// @param destinations who is told of every entry; may be empty
  public OutboxWriter(List<String> destinations) {
    this.destinations = List.copyOf(destinations);
  }

  /// One message for each entry and destination, in the order of the entries.
  public List<OutboxMessage> messages(StreamId stream, long firstSeq, List<Document> entries) {
    if (destinations.isEmpty()) {
      return List.of();
    }
    var messages = new ArrayList<OutboxMessage>(entries.size() * destinations.size());
    for (String destination : destinations) {
      long seq = firstSeq;
      for (Document entry : entries) {
        String id = "%s:%d:%s".formatted(stream, seq++, destination);
        messages.add(new OutboxMessage(id, destination, stream, new Payload(entry.bytes())));
      }
    }
    return messages;
  }
}
