package dev.fedcore.evidence.awo;

import java.util.ArrayList;
import java.util.List;

/// Collects findings. For one thread.
public final class Findings {

  private final List<Finding> found = new ArrayList<>();

  public void add(AwoCode code, String path, String detail) {
    found.add(new Finding(code, path, detail));
  }

  public void addAll(List<Finding> findings) {
    found.addAll(findings);
  }

  /// Adds a finding unless `holds`, which is returned.
  public boolean require(boolean holds, AwoCode code, String path, String detail) {
    if (!holds) {
      add(code, path, detail);
    }
    return holds;
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /// All so far, in the order in which they were found.
  public List<Finding> all() {
    return List.copyOf(found);
  }
}
