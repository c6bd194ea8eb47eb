package dev.fedcore.adapters.whatsapp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.adapters.HttpFake.Line;
import dev.fedcore.adapters.JournalledContract;
import dev.fedcore.adapters.outbox.EffectJournal;
import dev.fedcore.adapters.settings.Secret;
import dev.fedcore.adapters.whatsapp.WhatsappWebhook.Received;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.Adapter.Lookup;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.adapter.AdapterOutcome.InDoubt;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Reports that settle what is in doubt. The adapter behind them keeps the whole contract as well.
class WhatsappWebhookTest extends JournalledContract {

  private static final String APP_SECRET = "app-s3cret";
  private static final String KEY = "fedcore-01900000-0000-7000-8000-000000000001-act-1";
  private static final WhatsappSettings.Webhook SETTINGS =
      new WhatsappSettings.Webhook(new Secret(APP_SECRET), new Secret("verify-me"));

  private final CloudApiFake meta = new CloudApiFake();

  @Override
  protected Adapter make(EffectJournal opened, Permits permits) {
    return WhatsappAdapter.of(WhatsappSettings.from(meta.environment()), opened, permits, clock);
  }

  @Override
  protected JsonObject parameters(int number) {
    return JsonObject.builder()
        .put("recipient", "+1555123%04d".formatted(number))
        .put("message", "Hi")
        .build();
  }

  @Override
  protected int effects() {
    return meta.taken().size();
  }

  @AfterEach
  void closeMeta() {
    meta.close();
  }

  private WhatsappWebhook webhook() {
    return new WhatsappWebhook(SETTINGS, journal());
  }

  private AdapterOutcome sent() {
    return adapter().execute(permit(run(1), 1, action(1)), action(1));
  }

  private void inDoubt() {
    meta.line(Line.CUT);
    assertThat(sent()).isInstanceOf(InDoubt.class);
  }

  private static String status(String wamid, String status, String more) {
    return """
    {"object":"whatsapp_business_account","entry":[{"id":"8856996819413533","changes":[{\
    "value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"16505553333",\
    "phone_number_id":"106540352242922"},"statuses":[{"id":"%s","status":"%s",\
    "timestamp":"1767268800","recipient_id":"15551230001"%s}]},"field":"messages"}]}]}\
    """
        .formatted(wamid, status, more);
  }

  private static String ours(String status) {
    return status("wamid.7", status, ",\"biz_opaque_callback_data\":\"" + KEY + "\"");
  }

  private Received received(String body) {
    return webhook().receive(bytes(body), Optional.of(signature(body, APP_SECRET)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String signature(String body, String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes(secret), "HmacSHA256"));
      return "sha256=" + HexFormat.of().formatHex(mac.doFinal(bytes(body)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static DeliveryReport report(DeliveryStatus status) {
    return new DeliveryReport(KEY, "wamid.7", status, List.of());
  }

  @Test
  void a_report_settles_a_message_in_doubt() {
    inDoubt();

    assertThat(received(ours("sent")))
        .isEqualTo(new Received.Reports(List.of(report(DeliveryStatus.SENT))));

    assertThat(adapter().find(KEY)).isEqualTo(new Lookup.Found("wamid.7", found("+15551230001")));
  }

  private static JsonObject found(String recipient) {
    return JsonReader.readObject(
        bytes(
            "{\"dry_run\":false,\"recipient\":\"%s\",\"status\":\"ACCEPTED\"}"
                .formatted(recipient)),
        JsonLimits.DEFAULT);
  }

  @Test
  void a_report_is_known_after_a_restart() {
    inDoubt();
    received(ours("delivered"));

    restart();

    assertThat(adapter().find(KEY)).isInstanceOf(Lookup.Found.class);
  }

  @Test
  void a_report_of_failure_shows_that_a_message_in_doubt_did_not_arrive() {
    inDoubt();
    String errors =
        """
        ,"biz_opaque_callback_data":"%s","errors":[{"code":131026,"title":"Message undeliverable",\
        "message":"x","error_data":{"details":"not \\u202e a \\n user"},"href":"https://x.test"}]\
        """
            .formatted(KEY);

    assertThat(received(status("wamid.7", "failed", errors)))
        .isEqualTo(
            new Received.Reports(
                List.of(
                    new DeliveryReport(
                        KEY,
                        "wamid.7",
                        DeliveryStatus.FAILED,
                        List.of(
                            JsonObject.builder()
                                .put("code", 131_026)
                                .put("details", "not   a   user")
                                .put("title", "Message undeliverable")
                                .build())))));
    assertThat(adapter().find(KEY)).isEqualTo(new Lookup.Absent());
  }

  @Test
  void a_report_that_is_told_again_is_not_new() {
    inDoubt();

    received(ours("sent"));

    assertThat(received(ours("sent"))).isEqualTo(new Received.Reports(List.of()));
    assertThat(received(ours("read")))
        .isEqualTo(new Received.Reports(List.of(report(DeliveryStatus.READ))));
  }

  @Test
  void a_report_without_our_key_is_found_by_the_messages_id() {
    String wamid = effect(sent());

    assertThat(received(status(wamid, "delivered", "")))
        .isEqualTo(
            new Received.Reports(
                List.of(new DeliveryReport(KEY, wamid, DeliveryStatus.DELIVERED, List.of()))));
  }

  @Test
  void a_report_on_somebody_elses_message_is_passed_over() {
    sent();

    assertThat(received(status("wamid.other", "sent", "")))
        .isEqualTo(new Received.Reports(List.of()));
    assertThat(received(status("wamid.x", "sent", ",\"biz_opaque_callback_data\":\"theirs\"")))
        .isEqualTo(new Received.Reports(List.of()));
  }

  @Test
  void what_is_no_status_is_passed_over() {
    assertThat(received("{\"object\":\"page\",\"entry\":[{\"changes\":[7]},{}]}"))
        .isEqualTo(new Received.Reports(List.of()));
    assertThat(received(ours("played"))).isEqualTo(new Received.Reports(List.of()));
  }

  @Test
  void a_body_that_meta_did_not_sign_changes_nothing() {
    inDoubt();
    String body = ours("sent");

    for (Optional<String> signature :
        List.of(
            Optional.<String>empty(),
            Optional.of(""),
            Optional.of("sha256="),
            Optional.of("sha256=xyz"),
            Optional.of(signature(body, "another")),
            Optional.of(signature(body + " ", APP_SECRET)),
            Optional.of(signature(body, APP_SECRET).substring("sha256=".length())))) {
      assertThat(webhook().receive(bytes(body), signature)).isEqualTo(new Received.Unsigned());
    }
    assertThat(adapter().find(KEY)).isInstanceOf(Lookup.Unknowable.class);
  }

  @Test
  void the_signature_is_metas_own() {
    // printf '{}' | openssl dgst -sha256 -hmac app-s3cret
    assertThat(signature("{}", APP_SECRET))
        .isEqualTo("sha256=d1f284097517ce68cd9996aedc8cc99d5cdb5e7262652b00ff3b1ed29b167819");
  }

  @Test
  void a_signed_body_that_is_no_json_is_malformed() {
    assertThatThrownBy(() -> received("[1")).isInstanceOf(MalformedInput.class);
  }

  @Test
  void the_challenge_is_answered_to_who_knows_the_token() {
    assertThat(webhook().challenge("subscribe", "verify-me", "1158201444")).contains("1158201444");
    assertThat(webhook().challenge("subscribe", "verify-you", "1158201444")).isEmpty();
    assertThat(webhook().challenge("unsubscribe", "verify-me", "1158201444")).isEmpty();
    assertThat(webhook().challenge("subscribe", "verify-me", "<script>")).isEmpty();
  }
}
