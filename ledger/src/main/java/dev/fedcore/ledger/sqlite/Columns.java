package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.evidence.hash.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// How values stand in columns: instants as microseconds since the epoch, hashes as 32 bytes.
final class Columns {

  private static final long MICROS_A_SECOND = 1_000_000;
  private static final int NANOS_A_MICRO = 1_000;

  private Columns() {}

  /// Rounds down to the microsecond.
  static long micros(Instant instant) {
    return Math.addExact(
        Math.multiplyExact(instant.getEpochSecond(), MICROS_A_SECOND),
        instant.getNano() / NANOS_A_MICRO);
  }

  static Instant instant(ResultSet row, int column) throws SQLException {
    return Instant.EPOCH.plus(row.getLong(column), ChronoUnit.MICROS);
  }

  /// A document whose hash stands in column `hash` and whose bytes stand in the one after it.
  static Document document(ResultSet row, int hash) throws SQLException {
    return new Document(row.getBytes(hash + 1), Sha256.hexOf(row.getBytes(hash)));
  }

  static Payload payload(ResultSet row, int column) throws SQLException {
    return new Payload(row.getBytes(column));
  }
}
