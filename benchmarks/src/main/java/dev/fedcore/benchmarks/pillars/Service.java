package dev.fedcore.benchmarks.pillars;

import java.util.Locale;

/// The five services, in the order in which they are started.
enum Service {
  KARMA("KARMA_URL", "/health"),
  BUCKET("BUCKET_URL", "/health"),
  CORE("CORE_URL", "/health"),
  EXECUTOR("WORKFLOW_EXECUTOR_URL", "/healthz"),
  FEDERATION("FEDCORE_URL", "/health");

  private final String urlVariable;
  private final String healthPath;

  Service(String urlVariable, String healthPath) {
    this.urlVariable = urlVariable;
    this.healthPath = healthPath;
  }

  /// As the command line calls it.
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// By which the others are told where it is.
  String urlVariable() {
    return urlVariable;
  }

  String healthPath() {
    return healthPath;
  }
}
