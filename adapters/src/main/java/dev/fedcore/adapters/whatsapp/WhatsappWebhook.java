package dev.fedcore.adapters.whatsapp;

import dev.fedcore.adapters.outbox.EffectJournal;
import dev.fedcore.adapters.outbox.Report;
import dev.fedcore.adapters.settings.Secret;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonValue;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Where Meta reports what became of messages.
///
/// Reports are kept in the journal before they are answered, so that a message in doubt can be
/// looked up; those that were told before, or are about messages that are not ours, are left out.
/// Meta sends again what was not answered with 200, for up to seven days. Safe for use by many
/// threads at once.
public final class WhatsappWebhook {

  /// The largest body, in bytes, as Meta has it: up to 1,000 changes are in one.
  public static final int BODY_BYTES_MAX = 3 << 20;

  private static final JsonLimits BODY_LIMITS = new JsonLimits(BODY_BYTES_MAX, 32, 100_000);

  private static final String SIGNATURE = "sha256=";
  private static final String ALGORITHM = "HmacSHA256";
  private static final String TYPE = "whatsapp";

  private final SecretKeySpec appSecret;
  private final Secret verifyToken;
  private final EffectJournal journal;

  public WhatsappWebhook(WhatsappSettings.Webhook settings, EffectJournal journal) {
    this.appSecret = new SecretKeySpec(settings.appSecret().bytes(), ALGORITHM);
    this.verifyToken = settings.verifyToken();
    this.journal = journal;
  }

  /// What a body was.
  public sealed interface Received {

    /// Meta's, with what is new in it about messages of ours; answer 200.
    record Reports(List<DeliveryReport> reports) implements Received {
      public Reports {
        reports = List.copyOf(reports);
      }
    }

    /// Not signed by Meta; answer 401.
    record Unsigned() implements Received {}
  }

  /// Answers the request with which Meta checks, when the webhook is set up, that it is ours.
  ///
  /// @param mode `hub.mode`
  /// @param token `hub.verify_token`
  /// @param challenge `hub.challenge`
  /// @return the body of the answer; empty when it is not Meta who asks: answer 403
  public Optional<String> challenge(String mode, String token, String challenge) {
    boolean isMeta = verifyToken.matches(token) && mode.equals("subscribe");
    return isMeta && challenge.matches("[A-Za-z0-9_-]{1,256}")
        ? Optional.of(challenge)
        : Optional.empty();
  }

  /// Takes in one body.
  ///
  /// @param body the raw bytes, as they came
  /// @param signature the header `X-Hub-Signature-256`
  /// @throws dev.fedcore.evidence.json.MalformedInput if Meta signed what is no JSON object
  /// @throws dev.fedcore.sqlite.StoreUnavailable if the reports are not known to be kept: answer
  ///   503, and Meta sends them again
  public Received receive(byte[] body, Optional<String> signature) {
    if (signature.filter(given -> isMetas(body, given)).isEmpty()) {
      return new Received.Unsigned();
    }
    JsonObject document = JsonReader.readObject(body, BODY_LIMITS);
    return new Received.Reports(
        StatusReader.statuses(document).stream().flatMap(s -> ours(s).stream()).toList());
  }

  private boolean isMetas(byte[] body, String signature) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(appSecret);
      byte[] expected = mac.doFinal(body);
      return signature.startsWith(SIGNATURE)
          && MessageDigest.isEqual(
              expected, HexFormat.of().parseHex(signature.substring(SIGNATURE.length())));
    } catch (IllegalArgumentException _) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private Optional<DeliveryReport> ours(StatusReader.Status status) {
    Optional<String> effectKey = status.effectKey().or(() -> journal.keyOf(TYPE, status.wamid()));
    return effectKey
        .map(key -> new DeliveryReport(key, status.wamid(), status.status(), status.errors()))
        .filter(this::isNew);
  }

  private boolean isNew(DeliveryReport report) {
    return journal.report(
        new Report(
            report.effectKey(),
            report.wamid(),
            report.status().name(),
            report.status() != DeliveryStatus.FAILED,
            JsonObject.builder()
                .put("errors", new JsonArray(List.<JsonValue>copyOf(report.errors())))
                .build()));
  }
}
