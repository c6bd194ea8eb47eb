package dev.fedcore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the environment may say, and what is refused at the start, naming the variable.
class SurroundingsTest {

  @Test
  void without_a_word_services_wait_two_seconds_for_each_other() {
    assertThat(with(Map.of()).timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(with(Map.of("WORKFLOW_TIMEOUT", " ")).timeout()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void a_timeout_may_have_a_fraction() {
    assertThat(with(Map.of("WORKFLOW_TIMEOUT", "2.0")).timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(with(Map.of("WORKFLOW_TIMEOUT", "0.5")).timeout()).isEqualTo(Duration.ofMillis(500));
    assertThat(with(Map.of("WORKFLOW_TIMEOUT", "1e-12")).timeout()).isEqualTo(Duration.ofMillis(1));
    assertThat(with(Map.of("WORKFLOW_TIMEOUT", "60")).timeout()).isEqualTo(Duration.ofMinutes(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "60.1", "2s", "soon", "NaN", "Infinity"})
  void a_timeout_that_is_none_is_refused(String text) {
    assertThatThrownBy(() -> with(Map.of("WORKFLOW_TIMEOUT", text)).timeout())
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("WORKFLOW_TIMEOUT must be seconds")
        .hasMessageContaining(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:8001", "ftp://localhost", "http://", "http://a b", "8001"})
  void an_address_that_is_none_is_refused(String text) {
    assertThatThrownBy(() -> with(Map.of("BUCKET_URL", text)).known(Role.BUCKET, "127.0.0.1"))
        .isInstanceOf(StartRefused.class)
        .hasMessage("BUCKET_URL must be an http or https URL, is " + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "1", "TRUE", "off"})
  void a_switch_is_true_or_false(String text) {
    assertThatThrownBy(
            () -> with(Map.of("WORKFLOW_EVENTS_ENABLED", text)).isOn("WORKFLOW_EVENTS_ENABLED"))
        .isInstanceOf(StartRefused.class)
        .hasMessage("WORKFLOW_EVENTS_ENABLED must be true or false, is " + text);
    assertThat(with(Map.of()).isOn("WORKFLOW_EVENTS_ENABLED")).isTrue();
  }

  @Test
  void a_service_of_this_process_is_found_at_its_own_port_whatever_the_environment_says() {
    var here =
        new Surroundings(
            Set.of(Role.BUCKET),
            Map.of(Role.BUCKET, 8101),
            Map.of("BUCKET_URL", "http://elsewhere:1"));

    assertThat(here.known(Role.BUCKET, "::1")).contains(URI.create("http://[::1]:8101"));
    assertThat(here.known(Role.KARMA, "127.0.0.1")).isEmpty();
    assertThat(here.at(Role.FEDERATION, "127.0.0.1"))
        .isEqualTo(URI.create("http://127.0.0.1:9405"));
  }

  private static Surroundings with(Map<String, String> environment) {
    return new Surroundings(Set.of(Role.FEDERATION), Map.of(), environment);
  }
}
