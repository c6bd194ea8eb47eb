package dev.fedcore.pillars.core;

import dev.fedcore.http.client.Credentials;
import dev.fedcore.pillars.core.chat.ChatSettings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// How Core is run.
///
/// @param executor where the Workflow Executor listens
/// @param limit how long an exchange with the Executor or Bucket may take
/// @param execution whether workflows are sent at all
/// @param bucket where events are told; without it, nowhere
/// @param credentials say who sends
/// @param chat the language model that is asked first; without it, the built-in agent alone
public record CoreSettings(
    URI executor,
    Duration limit,
    boolean execution,
    Optional<URI> bucket,
    Credentials credentials,
    Optional<ChatSettings> chat) {

  /// The name under which Core sends.
  public static final String ACTOR = "bhiv_core";

  private static final String TIMEOUT = "WORKFLOW_TIMEOUT";
  private static final String EXECUTOR = "WORKFLOW_EXECUTOR_URL";
  private static final String EXECUTION = "ENABLE_WORKFLOW_EXECUTION";
  private static final String BUCKET = "BUCKET_URL";
  private static final String CHAT_URL = "CORE_LLM_URL";
  private static final String CHAT_TIMEOUT = "CORE_LLM_TIMEOUT";

  /// The longest time limit, in seconds: nobody waits, but workers are few.
  private static final double TIMEOUT_SECONDS_MAX = 60;

  private static final String CHAT_PATH = "/v1/chat/completions";
  private static final double MILLIS = 1_000;

  /// Reads the variables of the environment; each has a default.
  ///
  /// @throws SettingsRefused for the first that cannot be used
  public static CoreSettings from(Map<String, String> environment) {
    return new CoreSettings(
        uri(environment, EXECUTOR, "http://localhost:8003"),
        seconds(environment, TIMEOUT, "2.0"),
        flag(environment, EXECUTION),
        Optional.of(uri(environment, BUCKET, "http://localhost:8001")),
        Credentials.trusted(ACTOR),
        chat(environment));
  }

  /// The same among these neighbours.
  ///
  /// @param itsBucket without it, events are told nowhere
  public CoreSettings among(URI itsExecutor, Optional<URI> itsBucket, Credentials shown) {
    return new CoreSettings(itsExecutor, limit, execution, itsBucket, shown, chat);
  }

  private static Optional<ChatSettings> chat(Map<String, String> environment) {
    if (environment.getOrDefault(CHAT_URL, "").isBlank()) {
      return Optional.empty();
    }
    String model = environment.getOrDefault("CORE_LLM_MODEL", "");
    if (model.isBlank()) {
      throw new SettingsRefused("CORE_LLM_MODEL", "must name the model, since CORE_LLM_URL is set");
    }
    return Optional.of(
        new ChatSettings(
            uri(environment, CHAT_URL, ""),
            CHAT_PATH,
            model,
            Optional.ofNullable(environment.get("CORE_LLM_API_KEY")).filter(key -> !key.isBlank()),
            seconds(environment, CHAT_TIMEOUT, "10")));
  }

  private static URI uri(Map<String, String> environment, String name, String otherwise) {
    String text = environment.getOrDefault(name, otherwise);
    try {
      URI uri = URI.create(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      boolean bare = uri.getRawPath() == null || uri.getRawPath().matches("/?");
      if (http && bare && uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException _) {
      // Told like a URL of another kind.
    }
    throw new SettingsRefused(name, "must be a URL without a path, such as http://localhost:8003");
  }

  private static Duration seconds(Map<String, String> environment, String name, String otherwise) {
    try {
      double seconds = Double.parseDouble(environment.getOrDefault(name, otherwise));
      if (seconds > 0 && seconds <= TIMEOUT_SECONDS_MAX) {
        return Duration.ofMillis(Math.max(1, Math.round(seconds * MILLIS)));
      }
    } catch (NumberFormatException _) {
      // Told like a number out of range.
    }
    throw new SettingsRefused(
        name,
        "must be a number of seconds above 0 and at most %.0f".formatted(TIMEOUT_SECONDS_MAX));
  }

  private static boolean flag(Map<String, String> environment, String name) {
    return switch (environment.getOrDefault(name, "true")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new SettingsRefused(name, "must be true or false");
    };
  }
}
