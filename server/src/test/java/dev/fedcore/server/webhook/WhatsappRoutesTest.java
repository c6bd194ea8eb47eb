package dev.fedcore.server.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.adapters.outbox.EffectJournal;
import dev.fedcore.adapters.settings.Secret;
import dev.fedcore.adapters.whatsapp.WhatsappSettings;
import dev.fedcore.adapters.whatsapp.WhatsappWebhook;
import dev.fedcore.http.HttpServer;
import dev.fedcore.http.Problem;
import dev.fedcore.http.Request;
import dev.fedcore.http.Router;
import dev.fedcore.server.identity.TrustedLoopback;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.SplittableRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Meta's reports, as they come over HTTP.
class WhatsappRoutesTest {

  private static final String APP_SECRET = "an app secret";

  @TempDir private Path data;

  @Test
  void a_body_as_large_as_meta_sends_is_read_though_others_may_not_send_one() throws Exception {
    assertThat(reported(Request.BODY_BYTES_MAX + 1)).isEqualTo(200);
  }

  @Test
  void a_body_that_is_larger_than_metas_is_refused() throws Exception {
    assertThat(reported(WhatsappWebhook.BODY_BYTES_MAX)).isEqualTo(200);
    assertThat(reported(WhatsappWebhook.BODY_BYTES_MAX + 1)).isEqualTo(413);
  }

  /// Sends a signed report without a status, filled up to so many bytes.
  private int reported(int bytes) throws Exception {
    String body = "{\"object\":\"whatsapp_business_account\",\"entry\":[]%s}";
    String filled = body.formatted(" ".repeat(bytes - body.formatted("").length()));
    try (var journal = EffectJournal.open(data, InstantSource.system());
        var server = serve(journal);
        var client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create(server.uri() + "/webhooks/whatsapp"))
              .header("Content-Type", "application/json")
              .header("X-Hub-Signature-256", signature(filled))
              .POST(BodyPublishers.ofString(filled))
              .build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }

  private static HttpServer serve(EffectJournal journal) {
    var settings = new WhatsappSettings.Webhook(new Secret(APP_SECRET), new Secret("verify"));
    var webhook = new WhatsappWebhook(settings, journal);
    return HttpServer.start(
        "127.0.0.1",
        0,
        new Router(
            new WhatsappRoutes(webhook, _ -> {}).routes(),
            new TrustedLoopback(),
            (_, _, _, _) -> {},
            new SplittableRandom(1),
            System::nanoTime,
            Problem::toResponse));
  }

  private static String signature(String body) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(APP_SECRET.getBytes(UTF_8), "HmacSHA256"));
    return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body.getBytes(UTF_8)));
  }
}
