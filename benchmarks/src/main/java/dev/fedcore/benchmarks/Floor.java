package dev.fedcore.benchmarks;

import dev.fedcore.benchmarks.folder.TemporaryFolder;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;

/// What the machine can do at best: a bare writer that commits rows of the same size as audit
/// entries in batches of the same size, with the same durability, and does nothing else.
final class Floor {

  /// Until what writes is compiled.
  private static final Duration WARMUP = Duration.ofSeconds(2);

  private static final String SCHEMA =
      """
      CREATE TABLE entry (
        entry_index INTEGER PRIMARY KEY,
        stream      TEXT    NOT NULL,
        seq         INTEGER NOT NULL,
        body        BLOB    NOT NULL,
        entry_hash  BLOB    NOT NULL,
        UNIQUE (stream, seq)
      ) STRICT
      """;

  private static final String INSERT =
      """
      INSERT INTO entry (entry_index, stream, seq, body, entry_hash)
      VALUES (?, ?, ?, ?, ?)
      """;

  private final int rowBytes;
  private final int batchRows;
  private final int runRows;

  /// @param rowBytes size of one entry
  /// @param batchRows entries in one commit
  /// @param runRows entries of one stream
  Floor(int rowBytes, int batchRows, int runRows) {
    this.rowBytes = rowBytes;
    this.batchRows = batchRows;
    this.runRows = runRows;
  }

  /// Rows a second over `duration`, which is to be as long as what is compared with it: in its
  /// first seconds a file is small, and its pages find room that others have just left.
  double rowsPerSecond(Duration duration) throws IOException, SQLException {
    turn(WARMUP);
    return turn(duration);
  }

  private double turn(Duration duration) throws IOException, SQLException {
    try (var folder = TemporaryFolder.of("floor");
        Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.path().resolve("floor.db"))) {
      try (var statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode = WAL");
        statement.execute("PRAGMA synchronous = FULL");
        statement.execute(SCHEMA);
      }
      connection.setAutoCommit(false);
      return write(connection, duration);
    }
  }

  private double write(Connection connection, Duration duration) throws SQLException {
    byte[] body = new byte[rowBytes];
    byte[] hash = new byte[32];
    Arrays.fill(body, (byte) 'x');
    long begun = System.nanoTime();
    long end = begun + duration.toNanos();
    long index = 0;
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      while (System.nanoTime() < end) {
        for (int i = 0; i < batchRows; i++) {
          long run = index / runRows;
          insert.setLong(1, index);
          insert.setString(2, "01890a5d-ac96-774b-bcce-%012x".formatted(run));
          insert.setLong(3, index % runRows);
          insert.setBytes(4, body);
          insert.setBytes(5, hash);
          insert.addBatch();
          index++;
        }
        insert.executeBatch();
        connection.commit();
      }
    }
    return index / ((System.nanoTime() - begun) / 1e9);
  }
}
