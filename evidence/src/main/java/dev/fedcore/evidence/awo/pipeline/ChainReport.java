package dev.fedcore.evidence.awo.pipeline;

import dev.fedcore.evidence.awo.Finding;
import dev.fedcore.evidence.awo.folder.RunName;
import java.util.List;

/// What became of every link of a run's chain; all are always looked at.
///
/// @param sha256Root of the run's sums; "" when there are none
/// @param links six, in the order in which they depend on each other
public record ChainReport(RunName run, String sha256Root, List<Link> links) {

  public ChainReport {
    links = List.copyOf(links);
  }

  /// One link, and what is wrong with it.
  ///
  /// @param name such as `approval`
  public record Link(String name, List<Finding> findings) {

    public Link {
      findings = List.copyOf(findings);
    }

    public boolean holds() {
      return findings.isEmpty();
    }
  }

  /// Whether every link holds.
  public boolean holds() {
    return links.stream().allMatch(Link::holds);
  }

  /// All findings of all links.
  public List<Finding> findings() {
    return links.stream().flatMap(link -> link.findings().stream()).toList();
  }
}
