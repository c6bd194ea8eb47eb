package dev.fedcore.adapters.ai;

import dev.fedcore.adapters.settings.Secret;
import dev.fedcore.adapters.settings.SettingRefused;
import dev.fedcore.adapters.settings.Variables;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which model is asked, and how much may be spent. `docs/adapters.md` lists the variables.
///
/// @param completions where questions are posted
/// @param key none for a server that wants none
/// @param tokensPerDay how many tokens all questions of one day (UTC) may cost
/// @param tokensField what the server calls the limit of an answer
/// @param isReplay whether questions are answered from the records alone
public record AiSettings(
    URI completions,
    Optional<Secret> key,
    String model,
    long tokensPerDay,
    String tokensField,
    boolean isReplay) {

  private static final String BASE = "AI_BASE_URL";
  private static final String KEY = "AI_API_KEY";
  private static final String MODEL = "AI_MODEL";
  private static final String TOKENS = "AI_TOKENS_PER_DAY";
  private static final String FIELD = "AI_TOKENS_FIELD";
  private static final String REPLAY = "AI_REPLAY";

  private static final String DEFAULT_BASE = "https://api.openai.com/v1";

  /// What a small team asks in a day; a run that has gone wild is stopped by it.
  private static final long TOKENS_DEFAULT = 1_000_000;

  private static final long TOKENS_MAX = 1_000_000_000_000L;

  /// The present name, and the one that older servers know.
  private static final List<String> FIELDS = List.of("max_completion_tokens", "max_tokens");

  /// Reads the settings; empty when there are none at all.
  ///
  /// @throws SettingRefused if they are there by half, or make no sense
  public static Optional<AiSettings> from(Map<String, String> environment) {
    var variables = new Variables(environment);
    if (!variables.hasAny(List.of(BASE, KEY, MODEL, TOKENS, FIELD, REPLAY))) {
      return Optional.empty();
    }
    String model = variables.required(MODEL, "name the model that is asked");
    String field = variables.text(FIELD).orElse(FIELDS.getFirst());
    if (!FIELDS.contains(field)) {
      throw new SettingRefused(FIELD, "must be one of " + String.join(", ", FIELDS));
    }
    long tokensPerDay = variables.integer(TOKENS, 1, TOKENS_MAX, TOKENS_DEFAULT);
    boolean isReplay = isReplay(variables);
    Optional<Secret> key = variables.secret(KEY);
    if (key.isEmpty() && variables.text(BASE).isEmpty() && !isReplay) {
      throw new SettingRefused(KEY, "is missing: set it, or AI_BASE_URL to a server without keys");
    }
    URI base = variables.service(BASE, DEFAULT_BASE);
    return Optional.of(
        new AiSettings(
            URI.create(base + "/chat/completions"), key, model, tokensPerDay, field, isReplay));
  }

  private static boolean isReplay(Variables variables) {
    return switch (variables.text(REPLAY).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new SettingRefused(REPLAY, "must be true or false");
    };
  }
}
