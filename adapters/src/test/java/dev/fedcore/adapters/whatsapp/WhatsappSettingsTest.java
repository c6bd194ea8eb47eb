package dev.fedcore.adapters.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.adapters.settings.SettingRefused;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhatsappSettingsTest {

  private static final Map<String, String> LEAST =
      Map.of("WHATSAPP_TOKEN", "t0ken", "WHATSAPP_PHONE_NUMBER_ID", "106");

  @Test
  void are_empty_where_nothing_is_set() {
    assertThat(WhatsappSettings.from(Map.of())).isEmpty();
  }

  @Test
  void need_a_token_and_a_number() {
    WhatsappSettings settings = WhatsappSettings.from(LEAST).orElseThrow();

    assertThat(settings.messages())
        .isEqualTo(URI.create("https://graph.facebook.com/v25.0/106/messages"));
    assertThat(settings.webhook()).isEmpty();
    assertThat(settings.messagesPerSecond()).isEqualTo(80);
    assertThat(settings.toString()).doesNotContain("t0ken");
  }

  @ParameterizedTest
  @CsvSource({
    "WHATSAPP_TOKEN, '', WHATSAPP_TOKEN is missing: set the system user's access token",
    "WHATSAPP_PHONE_NUMBER_ID, '', WHATSAPP_PHONE_NUMBER_ID is missing: set the id of the number that sends",
    "WHATSAPP_PHONE_NUMBER_ID, +1555, 'WHATSAPP_PHONE_NUMBER_ID must be digits only: the number''s id, not the number'",
    "WHATSAPP_API_VERSION, 25, WHATSAPP_API_VERSION must be like v25.0",
    "WHATSAPP_BASE_URL, http://graph.facebook.com, WHATSAPP_BASE_URL must begin with https://; http:// is for loopback only",
    "WHATSAPP_BASE_URL, https://u:p@graph.facebook.com, 'WHATSAPP_BASE_URL must be like https://host/path, without user or query'",
    "WHATSAPP_MESSAGES_PER_SECOND, fast, WHATSAPP_MESSAGES_PER_SECOND must be an integer from 1 to 1000",
    "WHATSAPP_APP_SECRET, x, WHATSAPP_VERIFY_TOKEN is missing: WHATSAPP_APP_SECRET is set; set both",
    "WHATSAPP_VERIFY_TOKEN, x, WHATSAPP_APP_SECRET is missing: WHATSAPP_VERIFY_TOKEN is set; set both",
  })
  void are_refused_by_name_when_they_are_there_by_half(String name, String value, String message) {
    var environment = new HashMap<>(LEAST);
    environment.put(name, value);

    assertThatThrownBy(() -> WhatsappSettings.from(environment))
        .isInstanceOf(SettingRefused.class)
        .hasMessage(message);
  }
}
