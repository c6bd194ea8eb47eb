package dev.fedcore.pillars.bucket.store;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// An entry before it has its place in the chain. Its members are already canonical, so that the
/// thread that writes has little left to do. Immutable.
public final class Draft {

  private final Chain chain;
  private final Columns columns;
  private final String fingerprint;
  private final NavigableMap<String, byte[]> members;
  private final Optional<JsonObject> erased;

  /// An entry to be.
  ///
  /// @param meant what the requester sent, by which a repetition is told from another entry
  /// @param members of the content, without those that the chain sets
  public Draft(Chain chain, Columns columns, JsonObject meant, JsonObject members) {
    this(chain, columns, meant, members, Optional.empty());
  }

  private Draft(
      Chain chain,
      Columns columns,
      JsonObject meant,
      JsonObject members,
      Optional<JsonObject> erased) {
    this.chain = chain;
    this.erased = erased;
    this.columns = columns;
    this.fingerprint = Sha256.hex(meant.canonicalBytes());
    var canonical = new TreeMap<String, byte[]>();
    members.members().forEach((name, value) -> canonical.put(name, value.canonicalBytes()));
    this.members = Collections.unmodifiableNavigableMap(canonical);
  }

  /// The entry of an erasure.
  ///
  /// @param members as for any entry of the audit trail
  /// @param erased the numbers of the entries whose content goes with it, as
  ///   [EntryForm#ERASED_ENTRIES] has them
  static Draft ofErasure(Columns columns, JsonObject members, JsonObject erased) {
    return new Draft(Chain.AUDIT, columns, members, members, Optional.of(erased));
  }

  /// By what an entry is found.
  ///
  /// @param tenant of whoever wrote it
  /// @param id the requester's own name for the entry; without one, it is `bucket:` and `seq`
  /// @param kind the event type or the operation type
  /// @param subject the agent or the artifact
  /// @param outcome of an audited operation
  public record Columns(
      String product,
      String tenant,
      String requester,
      Optional<String> id,
      String kind,
      Optional<String> subject,
      Optional<String> outcome) {}

  Chain chain() {
    return chain;
  }

  /// By what it is found.
  public Columns columns() {
    return columns;
  }

  /// About how many bytes it takes: those of its members.
  public long bytes() {
    return members.entrySet().stream()
        .mapToLong(member -> member.getKey().length() + member.getValue().length)
        .sum();
  }

  String fingerprint() {
    return fingerprint;
  }

  /// What an erasure takes; empty for every other entry.
  Optional<JsonObject> erased() {
    return erased;
  }

  NavigableMap<String, byte[]> members() {
    return members;
  }
}
