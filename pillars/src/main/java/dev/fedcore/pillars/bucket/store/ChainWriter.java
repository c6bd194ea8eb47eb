package dev.fedcore.pillars.bucket.store;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.receipt.Commitment;
import dev.fedcore.evidence.receipt.Timestamp;
import dev.fedcore.pillars.bucket.store.AppendOutcome.Full;
import dev.fedcore.pillars.bucket.store.AppendOutcome.IdReused;
import dev.fedcore.pillars.bucket.store.AppendOutcome.Kept;
import dev.fedcore.pillars.bucket.store.AppendOutcome.Place;
import dev.fedcore.pillars.bucket.store.AppendOutcome.TooManyProducts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/// Gives drafts their places and writes them, in a transaction that the caller begins and commits.
///
/// Used by one thread. What it remembers, the heads of the chains, the sizes of the products and
/// the number of agents, holds as long as no transaction fails; after a failure it is thrown away.
/// `seq` as the primary key and `UNIQUE (requester, entry_id)` say the same again, in the schema.
final class ChainWriter {

  private static final String PRODUCTS =
      """
      SELECT product, bytes
        FROM product
      """;

  private static final String COUNT_ENTRY =
      """
      INSERT INTO product (product, events, audits, bytes)
      VALUES (?, ?, ?, ?)
          ON CONFLICT (product) DO UPDATE
         SET events = events + excluded.events,
             audits = audits + excluded.audits,
             bytes = bytes + excluded.bytes
      """;

  private static final String COUNT_AGENT =
      """
      INSERT INTO agent (product, agent, events, last_at)
      VALUES (?, ?, 1, ?)
          ON CONFLICT (product, agent) DO UPDATE
         SET events = events + 1,
             last_at = excluded.last_at
      RETURNING events
      """;

  private static final String AGENTS =
      """
      SELECT count(*)
        FROM agent
       WHERE product NOT LIKE 'prana.%'
      """;

  /// Of the products whose agents are the users that PRANA watches.
  private static final String WATCHED = "prana.";

  private final InstantSource clock;
  private final Supplier<byte[]> random;
  private final Quota quota;
  private final ErasureWriter erasure;
  private final ChainStatements events;
  private final ChainStatements audits;
  private final PreparedStatement countEntry;
  private final PreparedStatement countAgent;
  private final Map<String, Long> bytesOf = new HashMap<>();
  private long bytes;
  private long agents;

  /// @param random draws 32 secret bytes
  ChainWriter(Connection connection, Quota quota, InstantSource clock, Supplier<byte[]> random)
      throws SQLException {
    this.clock = clock;
    this.random = random;
    erasure = new ErasureWriter(connection, product -> countAgents(product, -1));
    this.quota = quota;
    events = new ChainStatements(connection, Chain.EVENTS);
    audits = new ChainStatements(connection, Chain.AUDIT);
    countEntry = connection.prepareStatement(COUNT_ENTRY);
    countAgent = connection.prepareStatement(COUNT_AGENT);
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(PRODUCTS)) {
      while (rows.next()) {
        grow(rows.getString(1), rows.getLong(2));
      }
    }
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(AGENTS)) {
      rows.next();
      agents = rows.getLong(1);
    }
  }

  /// How many agents have events, without the users that PRANA watches.
  long agents() {
    return agents;
  }

  /// Writes all of `drafts`, or finds before the first row that they must not be written. The same
  /// draft again is not written again.
  ///
  /// @param drafts their ids differ
  AppendOutcome append(List<Draft> drafts) throws SQLException {
    var earlier = new ArrayList<Optional<Place>>(drafts.size());
    var growth = new HashMap<String, Long>();
    for (Draft draft : drafts) {
      Optional<ChainStatements.Found> found = of(draft.chain()).find(draft.columns());
      if (found.isPresent() && !found.get().is(draft)) {
        return new IdReused(draft.columns().id().orElse(""));
      }
      earlier.add(found.map(ChainStatements.Found::place));
      if (found.isEmpty()) {
        growth.merge(draft.columns().product(), draft.bytes(), Long::sum);
      }
    }
    Optional<AppendOutcome> refusal = refusal(growth);
    if (refusal.isPresent()) {
      return refusal.get();
    }
    return new Kept(write(drafts, earlier));
  }

  /// Takes the content of entries away, and writes that down.
  ///
  /// @return how many had one
  int erase(ErasureLot lot) throws SQLException {
    ErasureLot gone = erasure.take(lot);
    if (!gone.found().isEmpty()) {
      write(List.of(gone.draft()), List.of(Optional.empty()));
    }
    return gone.found().size();
  }

  private Optional<AppendOutcome> refusal(Map<String, Long> growth) {
    long all = growth.values().stream().mapToLong(Long::longValue).sum();
    for (var entry : growth.entrySet()) {
      String product = entry.getKey();
      long used = bytesOf.getOrDefault(product, 0L);
      if (used + entry.getValue() > quota.of(product)) {
        return Optional.of(new Full(product, used, quota.of(product)));
      }
      if (bytes + all > quota.totalBytes()) {
        return Optional.of(new Full(product, bytes, quota.totalBytes()));
      }
    }
    long added = growth.keySet().stream().filter(name -> !bytesOf.containsKey(name)).count();
    return added > 0 && bytesOf.size() + added > quota.productsMax()
        ? Optional.of(new TooManyProducts(quota.productsMax()))
        : Optional.empty();
  }

  private List<Place> write(List<Draft> drafts, List<Optional<Place>> earlier) throws SQLException {
    String now = Timestamp.of(clock.instant());
    var written = new HashMap<String, Totals>();
    var places = new ArrayList<Place>(drafts.size());
    for (int i = 0; i < drafts.size(); i++) {
      Optional<Place> place = earlier.get(i);
      places.add(place.isPresent() ? place.get() : write(drafts.get(i), now, written));
    }
    count(written);
    return places;
  }

  private Place write(Draft draft, String now, Map<String, Totals> written) throws SQLException {
    ChainStatements chain = of(draft.chain());
    Draft.Columns columns = draft.columns();
    String id = columns.id().orElseGet(() -> "bucket:" + chain.next());
    byte[] content = EntryForm.content(draft.members(), idName(draft.chain()), id);
    byte[] salt = random.get();
    var place =
        new EntryForm.Place(columns.product(), columns.tenant(), chain.next(), chain.head(), now);
    byte[] body = EntryForm.hashed(place, Commitment.ofCanonical(salt, content), draft.erased());
    String hash = Sha256.hex(body);
    long seq = chain.insert(draft, new ChainStatements.Written(id, hash, body, salt, content));
    boolean isEvent = draft.chain() == Chain.EVENTS;
    long size = (long) body.length + content.length;
    written.merge(
        columns.product(), new Totals(isEvent ? 1 : 0, isEvent ? 0 : 1, size), Totals::plus);
    if (isEvent && columns.subject().isPresent()) {
      countAgent(columns.product(), columns.subject().get(), now);
    }
    return new Place(id, seq, hash, columns.product(), false);
  }

  /// What the id is called in the content.
  static String idName(Chain chain) {
    return switch (chain) {
      case EVENTS -> "event_id";
      case AUDIT -> "entry_id";
    };
  }

  private void count(Map<String, Totals> written) throws SQLException {
    for (var entry : written.entrySet()) {
      Totals more = entry.getValue();
      grow(entry.getKey(), more.bytes());
      countEntry.setString(1, entry.getKey());
      countEntry.setLong(2, more.events());
      countEntry.setLong(3, more.audits());
      countEntry.setLong(4, more.bytes());
      countEntry.executeUpdate();
    }
  }

  private void countAgent(String product, String agent, String now) throws SQLException {
    countAgent.setString(1, product);
    countAgent.setString(2, agent);
    countAgent.setString(3, now);
    try (var rows = countAgent.executeQuery()) {
      boolean isNew = rows.next() && rows.getLong(1) == 1;
      countAgents(product, isNew ? 1 : 0);
    }
  }

  private void countAgents(String product, int by) {
    agents += product.startsWith(WATCHED) ? 0 : by;
  }

  private void grow(String product, long by) {
    bytesOf.merge(product, by, Long::sum);
    bytes += by;
  }

  private ChainStatements of(Chain chain) {
    return switch (chain) {
      case EVENTS -> events;
      case AUDIT -> audits;
    };
  }
}
