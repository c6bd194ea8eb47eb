package dev.fedcore.pillars.bucket.store;

import dev.fedcore.sqlite.Change;
import dev.fedcore.sqlite.Schema;
import dev.fedcore.sqlite.Store;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The file `bucket.db`: both chains, and what readers ask of them. Safe for use by many threads.
///
/// What was appended is durable, and visible to every read, when [#append] returns. Every method
/// throws `StoreUnavailable` if the file does not answer.
public final class BucketStore implements AutoCloseable {

  /// The name of the file in its directory.
  public static final String FILE = "bucket.db";

  /// A page ends early once its bodies have so many bytes: 8 MiB, which a client still reads at
  /// once. The entry that goes beyond is still on it.
  public static final int PAGE_BYTES_MAX = 8 << 20;

  /// `PRAGMA application_id`: the letters FCBK.
  private static final int APPLICATION_ID = 0x4643424b;

  private static final Schema SCHEMA =
      new Schema(
          BucketStore.class,
          APPLICATION_ID,
          "bucket",
          List.of("001_bucket.sql", "002_erasable.sql"));

  private static final String OF_PRODUCT =
      """
      SELECT events, audits, bytes
        FROM product
       WHERE product = ?
      """;

  private static final String OF_ALL =
      """
      SELECT coalesce(sum(events), 0), coalesce(sum(audits), 0), coalesce(sum(bytes), 0)
        FROM product
      """;

  private static final String AGENT =
      """
      SELECT events, last_at
        FROM agent
       WHERE product = ?
         AND agent = ?
      """;

  private static final String RECENT_KINDS =
      """
      SELECT kind
        FROM event
       WHERE product = ?
         AND subject = ?
       ORDER BY seq DESC
       LIMIT ?
      """;

  private static final String HISTORY =
      """
      SELECT count(*),
             coalesce(sum(upper(kind) IN ('UPDATE', 'DELETE') AND outcome = 'success'), 0)
        FROM audit
       WHERE product = ?
         AND subject = ?
      """;

  private final Store<ChainWriter> store;
  private final AgentCount agents;

  private BucketStore(Store<ChainWriter> store, AgentCount agents) {
    this.store = store;
    this.agents = agents;
  }

  /// What is remembered of an agent.
  ///
  /// @param lastAt when its last event was taken, RFC 3339
  public record AgentRow(long events, String lastAt) {}

  /// What the audit trail has about an artifact.
  ///
  /// @param changes updates and deletions that succeeded
  public record History(long entries, long changes) {}

  /// Opens the file in `directory`, and makes it when there is none.
  ///
  /// @param clock says when an entry was taken
  /// @param random draws 32 secret bytes
  /// @throws dev.fedcore.sqlite.StoreRefused if another process has it, or a newer program made it
  public static BucketStore open(
      Path directory, Quota quota, InstantSource clock, Supplier<byte[]> random) {
    var agents = new AgentCount();
    return new BucketStore(
        Store.open(
            directory.resolve(FILE),
            SCHEMA,
            connection -> {
              var writer = new ChainWriter(connection, quota, clock, random);
              agents.publish(agents.counted(writer.agents()));
              return writer;
            }),
        agents);
  }

  /// Appends all of `drafts`, or none of them.
  public AppendOutcome append(List<Draft> drafts) {
    return counting("append to the chain", drafts.size(), writer -> writer.append(drafts));
  }

  /// The newest entries of a product below `before`, oldest first.
  ///
  /// @param before a `seq`, as [Kept#seq()] of the first entry of the page before
  public List<Kept> page(Chain chain, String product, Filter filter, long before, int limit) {
    Object[] values =
        filter.hasValue()
            ? new Object[] {product, before, filter.value(), limit, PAGE_BYTES_MAX}
            : new Object[] {product, before, limit, PAGE_BYTES_MAX};
    return store.list(
        "read a page",
        pageQuery(chain.table(), filter.what().condition()),
        row ->
            new Kept(
                row.getLong(1),
                row.getString(2),
                row.getBytes(3),
                row.getBytes(4),
                row.getBytes(5)),
        values);
  }

  /// How much of one product there is.
  public Totals totals(String product) {
    return store
        .first("count a product", OF_PRODUCT, BucketStore::readTotals, product)
        .orElse(new Totals(0, 0, 0));
  }

  /// How much of all products there is.
  public Totals totals() {
    return store.first("count everything", OF_ALL, BucketStore::readTotals).orElseThrow();
  }

  /// What is remembered of an agent; empty if it has no event.
  public Optional<AgentRow> agent(String product, String agent) {
    return store.first(
        "read an agent",
        AGENT,
        row -> new AgentRow(row.getLong(1), row.getString(2)),
        product,
        agent);
  }

  /// How many agents have events. The users that PRANA watches are none.
  public long agents() {
    return agents.agents();
  }

  /// The types of an agent's newest events, newest first.
  public List<String> recentKinds(String product, String agent, int limit) {
    return store.list(
        "read an agent's events", RECENT_KINDS, row -> row.getString(1), product, agent, limit);
  }

  /// What the audit trail has about an artifact.
  public History history(String product, String artifact) {
    return store
        .first(
            "read an artifact's history",
            HISTORY,
            row -> new History(row.getLong(1), row.getLong(2)),
            product,
            artifact)
        .orElseThrow();
  }

  /// Takes away the content of every entry of a tenant that names somebody. Takes time linear in
  /// the length of the chains.
  ///
  /// @return how many entries had one
  public long erase(Erasing erasing) {
    return erasing.from(
        store, lot -> counting("erase somebody", lot.found().size() + 1, w -> w.erase(lot)));
  }

  /// Writes the file anew, so that what was erased is not in it any more.
  public void compact() {
    store.compact();
  }

  /// Walks along a whole chain. Takes time linear in its length.
  public Verification verify(Chain chain) {
    return new ChainVerifier(store, chain).verify();
  }

  /// How many transactions have been committed since the file was opened.
  public long commits() {
    return store.commits();
  }

  @Override
  public void close() {
    store.close();
  }

  private record Counted<T>(T result, AgentCount.As agents) {}

  private <T> T counting(String attempted, int rows, Change<ChainWriter, T> change) {
    Counted<T> done =
        store.write(
            attempted,
            rows,
            writer -> {
              T result = change.make(writer);
              return new Counted<>(result, agents.counted(writer.agents()));
            });
    agents.publish(done.agents());
    return done.result();
  }

  private static String pageQuery(String table, String condition) {
    return """
    WITH page AS (
      SELECT seq, length(body) + coalesce(length(content), 0) AS bytes
        FROM %1$s
       WHERE product = ?
         AND seq < ?
         %2$s
       ORDER BY seq DESC
       LIMIT ?
    ), fit AS (
      SELECT seq, sum(bytes) OVER (ORDER BY seq DESC) - bytes AS before
        FROM page
    )
    SELECT seq, entry_hash, body, salt, content
      FROM fit JOIN %1$s USING (seq)
     WHERE before < ?
     ORDER BY seq
    """
        .formatted(table, condition);
  }

  private static Totals readTotals(ResultSet row) throws SQLException {
    return new Totals(row.getLong(1), row.getLong(2), row.getLong(3));
  }
}
