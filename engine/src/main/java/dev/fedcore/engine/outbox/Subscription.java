package dev.fedcore.engine.outbox;

import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.engine.ledger.RunRow;
import java.util.List;

/// What one destination is told of, and in which words.
///
/// Every body is a JSON object whose member `timestamp` says when it was written, in the form of an
/// audit entry.
public interface Subscription {

  /// As messages are addressed, such as `bucket`.
  String destination();

  /// The bodies of the messages about one append, in the order of their delivery; at most one for
  /// each entry. Called under the run's lock, so it is quick and asks nobody.
  ///
  /// @param run as it stands after the append
  /// @param entries what is appended
  List<Payload> told(RunRow run, List<Document> entries);

  /// Tells `destination` of every entry, in the entry's own bytes.
  static Subscription toEveryEntry(String destination) {
    return new Subscription() {
      @Override
      public String destination() {
        return destination;
      }

      @Override
      public List<Payload> told(RunRow run, List<Document> entries) {
        return entries.stream().map(entry -> new Payload(entry.bytes())).toList();
      }
    };
  }
}
