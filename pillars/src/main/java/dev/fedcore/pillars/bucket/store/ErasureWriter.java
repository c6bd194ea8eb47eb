package dev.fedcore.pillars.bucket.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Takes the content of entries away, for the thread that writes. The hashed bodies stay, and so do
/// all columns that say nothing of anybody.
final class ErasureWriter {

  /// What stands where the fingerprint of an erased entry was: whoever can guess an entry could
  /// check the guess against it.
  static final String NO_FINGERPRINT = "0".repeat(64);

  private static final String TAKE =
      """
      UPDATE %s
         SET salt = NULL,
             content = NULL,
             fingerprint = ?,
             subject = NULL,
             requester = CASE WHEN ? THEN 'erased' ELSE requester END,
             entry_id = CASE WHEN ? THEN 'bucket:erased:' || seq ELSE entry_id END
       WHERE seq = ?
         AND content IS NOT NULL
      """;

  private static final String COUNT_LESS =
      """
      UPDATE agent
         SET events = events - 1
       WHERE (product, agent) = (
               SELECT product, subject
                 FROM event
                WHERE seq = ?
                  AND content IS NOT NULL)
      """;

  private static final String FORGET_AGENTS =
      """
      DELETE FROM agent
       WHERE events = 0
      RETURNING product
      """;

  private final PreparedStatement event;
  private final PreparedStatement audit;
  private final PreparedStatement countLess;
  private final PreparedStatement forgetAgents;
  private final Consumer<String> forgotten;

  /// @param forgotten is told the product of each agent that has no event any more
  ErasureWriter(Connection connection, Consumer<String> forgotten) throws SQLException {
    this.forgotten = forgotten;
    event = connection.prepareStatement(TAKE.formatted(Chain.EVENTS.table()));
    audit = connection.prepareStatement(TAKE.formatted(Chain.AUDIT.table()));
    countLess = connection.prepareStatement(COUNT_LESS);
    forgetAgents = connection.prepareStatement(FORGET_AGENTS);
  }

  /// Takes the content of a lot's entries.
  ///
  /// @return the lot, as far as there was something to take
  ErasureLot take(ErasureLot lot) throws SQLException {
    var gone = new ArrayList<ErasureLot.Found>();
    for (ErasureLot.Found found : lot.found()) {
      if (take(found)) {
        gone.add(found);
      }
    }
    try (var rows = forgetAgents.executeQuery()) {
      while (rows.next()) {
        forgotten.accept(rows.getString(1));
      }
    }
    return lot.with(List.copyOf(gone));
  }

  private boolean take(ErasureLot.Found found) throws SQLException {
    if (found.chain() == Chain.EVENTS) {
      countLess.setLong(1, found.seq());
      countLess.executeUpdate();
    }
    PreparedStatement statement = found.chain() == Chain.EVENTS ? event : audit;
    statement.setString(1, NO_FINGERPRINT);
    statement.setBoolean(2, found.isRequester());
    statement.setBoolean(3, found.isInId());
    statement.setLong(4, found.seq());
    return statement.executeUpdate() > 0;
  }
}
