package dev.fedcore.sqlite;

import java.nio.file.AccessDeniedException;
import java.sql.SQLException;

/// Says why a file could not be opened, and what helps: read by whoever starts a server and has
/// nothing else to go by.
public final class OpenFailure {

  private static final int SQLITE_PERM = 3;
  private static final int SQLITE_BUSY = 5;
  private static final int SQLITE_READONLY = 8;
  private static final int SQLITE_CORRUPT = 11;
  private static final int SQLITE_FULL = 13;
  private static final int SQLITE_CANTOPEN = 14;

  private static final String OWNER =
      ": run as the user that it belongs to, or name another data directory";

  private OpenFailure() {}

  /// The reason and the remedy, for the end of a sentence.
  public static String why(Exception failure) {
    return switch (failure) {
      case SQLException e -> why(e);
      case AccessDeniedException e -> e.getMessage() + " is closed to this user" + OWNER;
      default -> String.valueOf(failure.getMessage());
    };
  }

  private static String why(SQLException failure) {
    return switch (SqliteFile.primaryCode(failure)) {
      case SQLITE_CORRUPT ->
          "the file is damaged: put it aside, and start from a backup (docs/operations.md)";
      case SQLITE_FULL -> "the disk is full: free some space and start again";
      case SQLITE_BUSY -> "another program has it open: end that, and start again";
      case SQLITE_PERM, SQLITE_READONLY, SQLITE_CANTOPEN ->
          "the file is closed to this user" + OWNER;
      default -> String.valueOf(failure.getMessage());
    };
  }
}
