package dev.fedcore.adapters.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.adapters.settings.SettingRefused;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AiSettingsTest {

  @Test
  void are_empty_where_nothing_is_set() {
    assertThat(AiSettings.from(Map.of())).isEmpty();
  }

  @Test
  void need_a_model_and_a_key() {
    AiSettings settings =
        AiSettings.from(Map.of("AI_MODEL", "m", "AI_API_KEY", "k3y")).orElseThrow();

    assertThat(settings.completions())
        .isEqualTo(URI.create("https://api.openai.com/v1/chat/completions"));
    assertThat(settings.tokensPerDay()).isEqualTo(1_000_000);
    assertThat(settings.toString()).doesNotContain("k3y");
  }

  @Test
  void need_no_key_for_a_server_of_ones_own() {
    AiSettings settings =
        AiSettings.from(Map.of("AI_MODEL", "m", "AI_BASE_URL", "http://localhost:11434/v1/"))
            .orElseThrow();

    assertThat(settings.completions())
        .isEqualTo(URI.create("http://localhost:11434/v1/chat/completions"));
    assertThat(settings.key()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "AI_API_KEY, k, '', AI_MODEL is missing: name the model that is asked",
    "AI_MODEL, m, '', 'AI_API_KEY is missing: set it, or AI_BASE_URL to a server without keys'",
    "AI_BASE_URL, http://model.example.com, m, AI_BASE_URL must begin with https://; http:// is for loopback only",
    "AI_TOKENS_PER_DAY, 0, m, AI_TOKENS_PER_DAY must be an integer from 1 to 1000000000000",
    "AI_TOKENS_FIELD, n, m, 'AI_TOKENS_FIELD must be one of max_completion_tokens, max_tokens'",
    "AI_REPLAY, perhaps, m, AI_REPLAY must be true or false",
  })
  void are_refused_by_name_when_they_are_there_by_half(
      String name, String value, String model, String message) {
    var environment = new HashMap<String, String>();
    environment.put("AI_MODEL", model);
    environment.put(name, value);

    assertThatThrownBy(() -> AiSettings.from(environment))
        .isInstanceOf(SettingRefused.class)
        .hasMessage(message);
  }
}
