package dev.fedcore.ledger.sqlite;

import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.RunQuery;

/// How many rows a read may give. SQLite takes a negative limit for none at all, so none reaches
/// it.
final class Limits {

  private Limits() {}

  static int rows() {
    return Ledger.ROWS_MAX;
  }

  static int rows(int asked) {
    return Math.clamp(asked, 0, Ledger.ROWS_MAX);
  }

  static int page(int asked) {
    return Math.clamp(asked, 0, RunQuery.LIMIT_MAX);
  }
}
