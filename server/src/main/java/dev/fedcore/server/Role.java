package dev.fedcore.server;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What one process can be. In the order in which they start (seed "Workflow Executor Integration",
/// start-up order), Federation Core last.
public enum Role {
  KARMA(8000, "/health", "KARMA_URL"),
  BUCKET(8001, "/health", "BUCKET_URL"),
  CORE(8002, "/health", "CORE_URL"),
  EXECUTOR(8003, "/healthz", "WORKFLOW_EXECUTOR_URL"),
  FEDERATION(9405, "/health", "FEDCORE_URL");

  private final int port;
  private final String healthPath;
  private final String urlVariable;

  Role(int port, String healthPath, String urlVariable) {
    this.port = port;
    this.healthPath = healthPath;
    this.urlVariable = urlVariable;
  }

  /// Such as `executor`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Such as `Executor`, for people.
  String title() {
    return this == FEDERATION ? "Federation Core" : name().charAt(0) + word().substring(1);
  }

  public static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }

  /// The port it has unless another is configured.
  public int port() {
    return port;
  }

  String healthPath() {
    return healthPath;
  }

  /// The variable of the environment that says where it is, when it is in another process.
  String urlVariable() {
    return urlVariable;
  }
}
