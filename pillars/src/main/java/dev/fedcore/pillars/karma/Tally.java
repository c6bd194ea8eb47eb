package dev.fedcore.pillars.karma;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// How many events of each type and users of each role a tenant has, so that nobody who asks makes
/// the store count them. The thread that writes counts; whoever waits for its commit publishes what
/// it came to after that, in any order. Safe for use by many threads.
final class Tally {

  private final AtomicLong changes = new AtomicLong();
  private final Map<String, Counts> published = new ConcurrentHashMap<>();

  /// The counts of one tenant as of one change. What there is none of is not in them.
  ///
  /// @param change later changes have higher numbers
  /// @param events by type; that somebody was erased is no event to those who ask
  /// @param members by role
  record Counts(long change, Map<String, Long> events, Map<String, Long> members) {

    private static final Counts NONE = new Counts(0, Map.of(), Map.of());

    Counts {
      events = Collections.unmodifiableMap(new TreeMap<>(events));
      members = Collections.unmodifiableMap(new TreeMap<>(members));
    }

    boolean isEmpty() {
      return events.isEmpty() && members.isEmpty();
    }
  }

  /// For whoever knows that it is committed; what a later change came to stays. Tenants without
  /// anything are not remembered: a client can make up as many as it likes.
  void publish(String tenant, Counts counts) {
    if (!counts.isEmpty()) {
      published.merge(tenant, counts, (a, b) -> a.change() > b.change() ? a : b);
    }
  }

  Counts of(String tenant) {
    return published.getOrDefault(tenant, Counts.NONE);
  }

  /// Counts what is in the file, and publishes it.
  Counter counter(Statements statements) throws SQLException {
    var counter = new Counter(this, statements);
    counter.tenants.keySet().forEach(tenant -> publish(tenant, counter.counts(tenant)));
    return counter;
  }

  /// Counts what one connection writes. Thrown away with it when a transaction fails. For the one
  /// thread that writes.
  static final class Counter {

    private static final String EVENTS =
        """
        SELECT tenant, type, count(*)
          FROM event
         WHERE type <> 'erasure'
         GROUP BY tenant, type
        """;

    private static final String MEMBERS =
        """
        SELECT tenant, role, count(*)
          FROM member
         GROUP BY tenant, role
        """;

    private final Tally tally;
    private final Map<String, Kinds> tenants = new HashMap<>();

    private record Kinds(Map<String, Long> events, Map<String, Long> members) {}

    private record Kind(String tenant, String name, long count) {}

    private Counter(Tally tally, Statements statements) throws SQLException {
      this.tally = tally;
      for (Kind kind : statements.list(EVENTS, Counter::kind)) {
        kinds(kind.tenant()).events().put(kind.name(), kind.count());
      }
      for (Kind kind : statements.list(MEMBERS, Counter::kind)) {
        kinds(kind.tenant()).members().put(kind.name(), kind.count());
      }
    }

    /// An event was written.
    void event(String tenant, String type) {
      kinds(tenant).events().merge(type, 1L, Long::sum);
    }

    /// A user was written.
    ///
    /// @param before the role until then; empty of somebody new
    void member(String tenant, Optional<String> before, String role) {
      Map<String, Long> members = kinds(tenant).members();
      before.ifPresent(old -> members.computeIfPresent(old, (_, n) -> n == 1 ? null : n - 1));
      members.merge(role, 1L, Long::sum);
    }

    /// What there will be once what was written is committed.
    Counts counts(String tenant) {
      Kinds kinds = tenants.getOrDefault(tenant, new Kinds(Map.of(), Map.of()));
      return new Counts(tally.changes.incrementAndGet(), kinds.events(), kinds.members());
    }

    private Kinds kinds(String tenant) {
      return tenants.computeIfAbsent(tenant, _ -> new Kinds(new HashMap<>(), new HashMap<>()));
    }

    private static Kind kind(ResultSet row) throws SQLException {
      return new Kind(row.getString(1), row.getString(2), row.getLong(3));
    }
  }
}
