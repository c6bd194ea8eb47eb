package dev.fedcore.pillars.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoreSettingsTest {

  @Test
  void without_variables_the_neighbours_are_on_this_machine_and_have_two_seconds() {
    CoreSettings settings = CoreSettings.from(Map.of());

    assertThat(settings.executor()).isEqualTo(URI.create("http://localhost:8003"));
    assertThat(settings.bucket()).hasValue(URI.create("http://localhost:8001"));
    assertThat(settings.limit()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.execution()).isTrue();
    assertThat(settings.chat()).isEmpty();
  }

  @Test
  void a_key_is_never_shown() {
    CoreSettings settings =
        CoreSettings.from(
            Map.of(
                "CORE_LLM_URL", "http://localhost:11434",
                "CORE_LLM_MODEL", "small",
                "CORE_LLM_API_KEY", "hush"));

    assertThat(settings.toString()).contains("small").doesNotContain("hush");
  }

  @ParameterizedTest(name = "{0}={1}")
  @CsvSource({
    "WORKFLOW_EXECUTOR_URL, localhost:8003",
    "WORKFLOW_EXECUTOR_URL, http://localhost:8003/api",
    "WORKFLOW_EXECUTOR_URL, http://bad host",
    "BUCKET_URL, ftp://localhost",
    "WORKFLOW_TIMEOUT, 0",
    "WORKFLOW_TIMEOUT, soon",
    "WORKFLOW_TIMEOUT, NaN",
    "WORKFLOW_TIMEOUT, 61",
    "ENABLE_WORKFLOW_EXECUTION, yes",
  })
  void a_setting_that_cannot_be_used_is_refused_by_name(String name, String value) {
    assertThatThrownBy(() -> CoreSettings.from(Map.of(name, value)))
        .isInstanceOf(SettingsRefused.class)
        .hasMessageStartingWith(name + " must be");
  }
}
