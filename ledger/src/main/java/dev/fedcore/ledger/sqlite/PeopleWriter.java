package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.Append;
import dev.fedcore.engine.ledger.Disclosure;
import dev.fedcore.engine.ledger.SubjectKey;
import dev.fedcore.evidence.hash.Sha256;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Writes the keys and disclosures that come with appends. Used by [LedgerWriter] in its
/// transactions.
final class PeopleWriter {

  /// How many keys are remembered as kept; then all are looked up again.
  private static final int KEPT_MAX = 65_536;

  private static final String FIND =
      """
      SELECT pseudonym
        FROM subject
       WHERE tenant = ?
         AND subject = ?
      """;

  private static final String SUBJECT =
      """
      INSERT INTO subject (tenant, subject, subject_key, pseudonym)
      VALUES (?, ?, ?, ?)
      """;

  private static final String DISCLOSURE =
      """
      INSERT INTO disclosure (tenant, stream, commitment, salt, value, author)
      VALUES (?, ?, ?, ?, ?, ?)
      """;

  private final PreparedStatement find;
  private final PreparedStatement subject;
  private final PreparedStatement disclosure;
  private final Set<String> kept = new HashSet<>();
  private final Set<String> erased = new HashSet<>();

  PeopleWriter(Connection connection) throws SQLException {
    find = connection.prepareStatement(FIND);
    subject = connection.prepareStatement(SUBJECT);
    disclosure = connection.prepareStatement(DISCLOSURE);
  }

  /// Whether the keys that `append` was made with are those that are kept, or can be kept now.
  boolean accepts(Append append) throws SQLException {
    for (SubjectKey key : append.personal().subjects()) {
      if (!kept.contains(key.pseudonym()) && !isFree(key) && !isKept(key)) {
        return false;
      }
    }
    return true;
  }

  /// Writes what is not there yet; the keys were accepted.
  void write(Append append) throws SQLException {
    for (SubjectKey key : append.personal().subjects()) {
      if (!kept.contains(key.pseudonym())) {
        keep(key);
      }
    }
    for (Disclosure written : append.personal().disclosures()) {
      disclosure.setString(1, append.tenant().value());
      disclosure.setString(2, written.stream().value());
      disclosure.setString(3, written.commitment());
      disclosure.setBytes(4, Sha256.parseHex(written.salt()));
      disclosure.setString(5, written.value());
      disclosure.setString(6, written.author());
      disclosure.executeUpdate();
    }
  }

  /// Sees to it that a key that is erased is not kept again by an append that was made before.
  void erased(String pseudonym) {
    kept.remove(pseudonym);
    erased.add(pseudonym);
  }

  private boolean isFree(SubjectKey key) throws SQLException {
    return !erased.contains(key.pseudonym()) && pseudonyms(key).isEmpty();
  }

  private boolean isKept(SubjectKey key) throws SQLException {
    return pseudonyms(key).contains(key.pseudonym());
  }

  private List<String> pseudonyms(SubjectKey key) throws SQLException {
    find.setString(1, key.tenant().value());
    find.setString(2, key.subject());
    var found = new ArrayList<String>();
    try (var rows = find.executeQuery()) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private void keep(SubjectKey key) throws SQLException {
    if (!isKept(key)) {
      subject.setString(1, key.tenant().value());
      subject.setString(2, key.subject());
      subject.setBytes(3, Sha256.parseHex(key.key()));
      subject.setString(4, key.pseudonym());
      subject.executeUpdate();
    }
    if (kept.size() >= KEPT_MAX) {
      kept.clear();
    }
    kept.add(key.pseudonym());
  }
}
