package dev.fedcore.engine.ledger;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What an append keeps, or takes away, of what is known about people.
///
/// @param subjects the keys of everybody whom the append names. One that is not kept yet is kept;
///   if another key is kept for the same subject, or this one has been erased, nothing is written
///   and the append is a [AppendResult.VersionConflict]
/// @param disclosures what the commitments stand for that are new in the append
/// @param erasing what goes
public record Personal(
    List<SubjectKey> subjects, List<Disclosure> disclosures, Optional<Erasure> erasing) {

  /// An append that is about nobody.
  public static final Personal NONE = new Personal(List.of(), List.of(), Optional.empty());

  public Personal {
    subjects = List.copyOf(subjects);
    disclosures = List.copyOf(disclosures);
  }

  /// Both in one.
  public Personal and(Personal other) {
    return new Personal(
        Stream.concat(subjects.stream(), other.subjects.stream()).toList(),
        Stream.concat(disclosures.stream(), other.disclosures.stream()).toList(),
        erasing.or(other::erasing));
  }

  /// The same, and an erasure.
  public Personal erasing(Erasure erasure) {
    return new Personal(subjects, disclosures, Optional.of(erasure));
  }
}
