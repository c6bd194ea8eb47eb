package dev.fedcore.evidence.verify;

import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.note.EvidenceRejected;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Collects what verifiers find.
final class Findings {

  private final List<Finding> found = new ArrayList<>();

  void add(String code, String where, String what) {
    found.add(new Finding(code, where, what));
  }

  /// Adds a finding unless `holds`.
  void require(boolean holds, String code, String where, String what) {
    if (!holds) {
      add(code, where, what);
    }
  }

  /// Reads a document, or finds that it cannot be read.
  <D> Optional<D> read(String where, Supplier<D> reader) {
    try {
      return Optional.of(reader.get());
    } catch (MalformedInput e) {
      add(Finding.MALFORMED, where, String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /// Opens something signed or proven, or finds that it does not hold.
  <D> Optional<D> open(String where, Supplier<D> opener) {
    try {
      return Optional.of(opener.get());
    } catch (EvidenceRejected e) {
      add(Finding.LOG, where, e.reason());
      return Optional.empty();
    }
  }

  List<Finding> all() {
    return List.copyOf(found);
  }
}
