package dev.fedcore.pillars.core.chat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Which language model is asked.
///
/// @param server such as `http://localhost:11434`
/// @param path of the interface, such as `/v1/chat/completions`
/// @param key sent as a bearer token; never shown
/// @param limit from the question to the last byte of the answer
public record ChatSettings(
    URI server, String path, String model, Optional<String> key, Duration limit) {

  private static final String URL_VARIABLE = "CORE_LLM_URL";
  private static final String MODEL_VARIABLE = "CORE_LLM_MODEL";
  private static final String KEY_VARIABLE = "CORE_LLM_API_KEY";
  private static final String TIMEOUT_VARIABLE = "CORE_LLM_TIMEOUT";

  private static final String PATH = "/v1/chat/completions";
  private static final String TIMEOUT_SECONDS = "10";

  /// The longest time limit, in seconds: a user waits for the model.
  private static final double TIMEOUT_SECONDS_MAX = 60;

  private static final double MILLIS = 1_000;

  /// Reads the variables of the environment; empty when no model is named.
  ///
  /// @throws SettingsRefused for the first that cannot be used
  public static Optional<ChatSettings> from(Map<String, String> environment) {
    Optional<String> url = text(environment, URL_VARIABLE);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    String model =
        text(environment, MODEL_VARIABLE)
            .orElseThrow(() ->
                new SettingsRefused(
                    MODEL_VARIABLE, "must name the model, since CORE_LLM_URL is set"));
    return Optional.of(
        new ChatSettings(
            server(url.get()),
            PATH,
            model,
            text(environment, KEY_VARIABLE),
            limit(text(environment, TIMEOUT_VARIABLE).orElse(TIMEOUT_SECONDS))));
  }

  private static Optional<String> text(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(text -> !text.isBlank());
  }

  private static URI server(String text) {
    try {
      URI uri = URI.create(text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getRawPath().matches("/?")) {
        return uri;
      }
    } catch (IllegalArgumentException _) {
      // Told like a URL of another kind.
    }
    throw new SettingsRefused(
        URL_VARIABLE, "must be a URL without a path, such as http://localhost:11434");
  }

  private static Duration limit(String text) {
    try {
      double seconds = Double.parseDouble(text);
      if (seconds > 0 && seconds <= TIMEOUT_SECONDS_MAX) {
        return Duration.ofMillis(Math.max(1, Math.round(seconds * MILLIS)));
      }
    } catch (NumberFormatException _) {
      // Told like a number out of range.
    }
    throw new SettingsRefused(
        TIMEOUT_VARIABLE,
        "must be a number of seconds above 0 and at most %.0f".formatted(TIMEOUT_SECONDS_MAX));
  }

  @Override
  public String toString() {
    return "%s%s, model %s".formatted(server, path, model);
  }
}
