package dev.fedcore.pillars.karma;

import java.util.Set;

/// How Karma is run.
///
/// @param tracking whether events change anything; without it they are kept only
///   (`WORKFLOW_BEHAVIORAL_TRACKING`)
/// @param writers the sources that may tell events
public record KarmaSettings(boolean tracking, Set<String> writers) {

  /// The source that may write and not read: the Workflow Executor.
  static final String WRITE_ONLY = "workflow_executor";

  /// Tracking, told by the pillars.
  public static final KarmaSettings DEFAULT =
      new KarmaSettings(true, Set.of(WRITE_ONLY, "bhiv_core", "bucket"));

  public KarmaSettings {
    writers = Set.copyOf(writers);
  }

  /// The same, with tracking on or off.
  public KarmaSettings withTracking(boolean on) {
    return new KarmaSettings(on, writers);
  }
}
