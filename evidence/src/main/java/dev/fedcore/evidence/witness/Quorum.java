package dev.fedcore.evidence.witness;

import java.util.List;
import java.util.Set;

/// Which sets of witnesses are enough.
public sealed interface Quorum {

  /// Whether these witnesses, by name, are enough.
  boolean isMetBy(Set<String> witnesses);

  /// Nobody is needed.
  record None() implements Quorum {

    @Override
    public boolean isMetBy(Set<String> witnesses) {
      return true;
    }
  }

  /// This one witness.
  record One(String witness) implements Quorum {

    @Override
    public boolean isMetBy(Set<String> witnesses) {
      return witnesses.contains(witness);
    }
  }

  /// So many of these.
  ///
  /// @param threshold from 1 to the number of members
  record Group(int threshold, List<Quorum> members) implements Quorum {

    public Group {
      members = List.copyOf(members);
      if (threshold < 1 || threshold > members.size()) {
        throw new IllegalArgumentException(
            "a threshold is from 1 to the number of members, %d, and not %d"
                .formatted(members.size(), threshold));
      }
    }

    @Override
    public boolean isMetBy(Set<String> witnesses) {
      return members.stream().filter(member -> member.isMetBy(witnesses)).count() >= threshold;
    }
  }
}
