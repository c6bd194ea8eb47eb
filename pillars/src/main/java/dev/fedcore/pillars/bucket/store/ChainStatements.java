package dev.fedcore.pillars.bucket.store;

import dev.fedcore.pillars.bucket.store.AppendOutcome.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;

/// The statements that write one chain, and where the chain ends. Used by one thread.
final class ChainStatements {

  private static final String HEAD_EVENT =
      """
      SELECT seq, entry_hash
        FROM event
       ORDER BY seq DESC
       LIMIT 1
      """;

  private static final String HEAD_AUDIT =
      """
      SELECT seq, entry_hash
        FROM audit
       ORDER BY seq DESC
       LIMIT 1
      """;

  private static final String FIND_EVENT =
      """
      SELECT seq, entry_hash, product, fingerprint
        FROM event
       WHERE requester = ?
         AND entry_id = ?
      """;

  private static final String FIND_AUDIT =
      """
      SELECT seq, entry_hash, product, fingerprint
        FROM audit
       WHERE requester = ?
         AND entry_id = ?
      """;

  private static final String INSERT_EVENT =
      """
      INSERT INTO event (seq, product, requester, entry_id, kind, subject, outcome,
                         fingerprint, entry_hash, body, tenant, salt, content)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String INSERT_AUDIT =
      """
      INSERT INTO audit (seq, product, requester, entry_id, kind, subject, outcome,
                         fingerprint, entry_hash, body, tenant, salt, content)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private final PreparedStatement find;
  private final PreparedStatement insert;
  private long next;
  private String head;

  ChainStatements(Connection connection, Chain chain) throws SQLException {
    boolean isEvent = chain == Chain.EVENTS;
    find = connection.prepareStatement(isEvent ? FIND_EVENT : FIND_AUDIT);
    insert = connection.prepareStatement(isEvent ? INSERT_EVENT : INSERT_AUDIT);
    head = chain.genesis();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(isEvent ? HEAD_EVENT : HEAD_AUDIT)) {
      if (rows.next()) {
        next = rows.getLong(1) + 1;
        head = rows.getString(2);
      }
    }
  }

  /// The `seq` of the next entry.
  long next() {
    return next;
  }

  /// The hash of the last entry, or of the genesis.
  String head() {
    return head;
  }

  /// What the requester has written under this id.
  Optional<Found> find(Draft.Columns columns) throws SQLException {
    if (columns.id().isEmpty()) {
      return Optional.empty();
    }
    find.setString(1, columns.requester());
    find.setString(2, columns.id().get());
    try (var rows = find.executeQuery()) {
      if (!rows.next()) {
        return Optional.empty();
      }
      var place =
          new Place(
              columns.id().get(), rows.getLong(1), rows.getString(2), rows.getString(3), true);
      return Optional.of(new Found(place, rows.getString(4)));
    }
  }

  /// Writes the next entry.
  ///
  /// @return its `seq`
  long insert(Draft draft, Written entry) throws SQLException {
    Draft.Columns columns = draft.columns();
    insert.setLong(1, next);
    insert.setString(2, columns.product());
    insert.setString(3, columns.requester());
    insert.setString(4, entry.id());
    insert.setString(5, columns.kind());
    set(6, columns.subject());
    set(7, columns.outcome());
    insert.setString(8, draft.fingerprint());
    insert.setString(9, entry.hash());
    insert.setBytes(10, entry.body());
    insert.setString(11, columns.tenant());
    insert.setBytes(12, entry.salt());
    insert.setBytes(13, entry.content());
    insert.executeUpdate();
    head = entry.hash();
    return next++;
  }

  private void set(int index, Optional<String> text) throws SQLException {
    if (text.isPresent()) {
      insert.setString(index, text.get());
    } else {
      insert.setNull(index, Types.VARCHAR);
    }
  }

  /// An entry as it is written.
  ///
  /// @param body what is hashed
  @SuppressWarnings("ArrayRecordComponent") // it is bound to a statement, never compared
  record Written(String id, String hash, byte[] body, byte[] salt, byte[] content) {}

  /// An entry that is there.
  record Found(Place place, String fingerprint) {

    /// Whether `draft` is the same again. What it said nobody can tell once it is erased: then its
    /// id stays used, and says the same.
    boolean is(Draft draft) {
      return fingerprint.equals(ErasureWriter.NO_FINGERPRINT)
          || fingerprint.equals(draft.fingerprint());
    }
  }
}
