package dev.fedcore.engine.ledger;

import java.nio.file.Path;
import java.util.Optional;

/// Opens a data directory for reading only, whichever store wrote it: how verification offline
/// finds a ledger without knowing one.
///
/// Implementations are found with [java.util.ServiceLoader]. Opening never creates or changes a
/// file, and may happen while a server runs on the same directory.
public interface ArchiveOpener {

  /// The ledger in `dataDirectory`. Its appends throw [LedgerUnavailable]. Empty if the directory
  /// holds no ledger of this kind.
  Optional<Ledger> open(Path dataDirectory);
}
