package dev.fedcore.server.webhook;

import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.engine.outbox.Delivery;
import dev.fedcore.engine.outbox.Destination;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// One receiver of audit entries over HTTP: a POST an entry, its canonical bytes as the body.
///
/// `webhook-id` is the same whenever an entry is sent again, so the receiver can drop what it has.
/// With a secret, `webhook-signature` is `v1,` and the base64 HMAC-SHA-256 over
/// `id.timestamp.body`. Any answer of the 200s is an acknowledgement; redirects are not followed.
///
/// @see <a href="https://github.com/standard-webhooks/standard-webhooks">Standard Webhooks</a>
public final class WebhookDestination implements Destination {

  /// The name messages are addressed with.
  public static final String NAME = "webhook";

  /// How long one request may take, from the connection to the answer (DESIGN section 9).
  private static final Duration ANSWER_MAX = Duration.ofSeconds(2);

  private static final String ALGORITHM = "HmacSHA256";

  private final URI target;
  private final Optional<SecretKeySpec> secret;
  private final InstantSource clock;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(ANSWER_MAX)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /// A receiver at `target`.
  ///
  /// @param target an `http` or `https` URL, chosen by whoever runs the server
  /// @param secret shared with the receiver; without one, requests are not signed
  public WebhookDestination(URI target, Optional<String> secret, InstantSource clock) {
    this.target = target;
    this.secret = secret.map(s -> new SecretKeySpec(s.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Delivery deliver(OutboxMessage message) {
    try {
      int status = http.send(request(message), BodyHandlers.discarding()).statusCode();
      return status / 100 == 2
          ? new Delivery.Delivered()
          : new Delivery.TryLater("the receiver answered " + status);
    } catch (IOException e) {
      return new Delivery.TryLater("the receiver gave no answer");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Delivery.TryLater("interrupted");
    }
  }

  private HttpRequest request(OutboxMessage message) {
    byte[] body = message.body().utf8();
    String timestamp = Long.toString(clock.instant().getEpochSecond());
    var request =
        HttpRequest.newBuilder(target)
            .timeout(ANSWER_MAX)
            .header("Content-Type", "application/json")
            .header("webhook-id", message.id())
            .header("webhook-timestamp", timestamp)
            .POST(BodyPublishers.ofByteArray(body));
    secret.ifPresent(
        key -> request.header("webhook-signature", signature(key, message.id(), timestamp, body)));
    return request.build();
  }

  private static String signature(SecretKeySpec key, String id, String timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
