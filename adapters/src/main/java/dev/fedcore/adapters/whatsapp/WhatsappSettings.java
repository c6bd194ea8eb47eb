package dev.fedcore.adapters.whatsapp;

import dev.fedcore.adapters.settings.Secret;
import dev.fedcore.adapters.settings.SettingRefused;
import dev.fedcore.adapters.settings.Variables;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where WhatsApp messages are handed in, and as whom. `docs/adapters.md` lists the variables.
///
/// @param messages where messages are posted
/// @param messagesPerSecond how many the number may send, in all
public record WhatsappSettings(
    URI messages, Secret token, long messagesPerSecond, Optional<Webhook> webhook) {

  private static final String TOKEN = "WHATSAPP_TOKEN";
  private static final String NUMBER_ID = "WHATSAPP_PHONE_NUMBER_ID";
  private static final String VERSION = "WHATSAPP_API_VERSION";
  private static final String BASE = "WHATSAPP_BASE_URL";
  private static final String RATE = "WHATSAPP_MESSAGES_PER_SECOND";
  private static final String APP_SECRET = "WHATSAPP_APP_SECRET";
  private static final String VERIFY_TOKEN = "WHATSAPP_VERIFY_TOKEN";

  /// Good until 2028-07-29, says Meta's table of versions.
  private static final String DEFAULT_VERSION = "v25.0";

  private static final String DEFAULT_BASE = "https://graph.facebook.com";

  /// What Meta allows a number at first, and at most.
  private static final long RATE_DEFAULT = 80;

  private static final long RATE_MAX = 1_000;

  /// How Meta's reports are told from others'.
  ///
  /// @param appSecret signs them
  /// @param verifyToken what Meta shows when the webhook is set up
  public record Webhook(Secret appSecret, Secret verifyToken) {}

  /// Reads the settings; empty when there are none at all.
  ///
  /// @throws SettingRefused if they are there by half, or make no sense
  public static Optional<WhatsappSettings> from(Map<String, String> environment) {
    var variables = new Variables(environment);
    if (!variables.hasAny(
        List.of(TOKEN, NUMBER_ID, VERSION, BASE, RATE, APP_SECRET, VERIFY_TOKEN))) {
      return Optional.empty();
    }
    Secret token = variables.requiredSecret(TOKEN, "set the system user's access token");
    String numberId = variables.required(NUMBER_ID, "set the id of the number that sends");
    if (!numberId.matches("\\d{1,32}")) {
      throw new SettingRefused(NUMBER_ID, "must be digits only: the number's id, not the number");
    }
    String version = variables.text(VERSION).orElse(DEFAULT_VERSION);
    if (!version.matches("v\\d{1,3}\\.\\d{1,2}")) {
      throw new SettingRefused(VERSION, "must be like v25.0");
    }
    URI base = variables.service(BASE, DEFAULT_BASE);
    return Optional.of(
        new WhatsappSettings(
            URI.create("%s/%s/%s/messages".formatted(base, version, numberId)),
            token,
            variables.integer(RATE, 1, RATE_MAX, RATE_DEFAULT),
            webhook(variables)));
  }

  private static Optional<Webhook> webhook(Variables variables) {
    if (!variables.hasAny(List.of(APP_SECRET, VERIFY_TOKEN))) {
      return Optional.empty();
    }
    return Optional.of(
        new Webhook(
            variables.requiredSecret(APP_SECRET, "WHATSAPP_VERIFY_TOKEN is set; set both"),
            variables.requiredSecret(VERIFY_TOKEN, "WHATSAPP_APP_SECRET is set; set both")));
  }
}
