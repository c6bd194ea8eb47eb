package dev.fedcore.pillars.core.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChatSettingsTest {

  private static final Map<String, String> GOOD =
      Map.of(
          "CORE_LLM_URL", "http://localhost:11434",
          "CORE_LLM_MODEL", "small",
          "CORE_LLM_API_KEY", "hush");

  @Test
  void without_a_url_there_is_no_model() {
    assertThat(ChatSettings.from(Map.of("CORE_LLM_MODEL", "small"))).isEmpty();
  }

  @Test
  void a_model_has_ten_seconds_and_its_key_is_never_shown() {
    ChatSettings settings = ChatSettings.from(GOOD).orElseThrow();

    assertThat(settings.limit()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.toString()).contains("small").doesNotContain("hush");
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({
    "CORE_LLM_URL, localhost:11434",
    "CORE_LLM_URL, http://localhost:11434/v1",
    "CORE_LLM_URL, http://bad host",
    "CORE_LLM_URL, ftp://localhost",
    "CORE_LLM_MODEL, ''",
    "CORE_LLM_TIMEOUT, 0",
    "CORE_LLM_TIMEOUT, soon",
    "CORE_LLM_TIMEOUT, NaN",
    "CORE_LLM_TIMEOUT, 61",
  })
  void a_setting_that_cannot_be_used_is_refused_by_name(String name, String value) {
    var settings = new HashMap<>(GOOD);
    settings.put(name, value);

    assertThatThrownBy(() -> ChatSettings.from(settings))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageStartingWith(name + " must ");
  }
}
