package dev.fedcore.server.webhook;

import dev.fedcore.adapters.whatsapp.DeliveryReport;
import dev.fedcore.adapters.whatsapp.WhatsappWebhook;
import dev.fedcore.adapters.whatsapp.WhatsappWebhook.Received;
import dev.fedcore.engine.adapter.Permit;
import dev.fedcore.http.Access;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Query;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.sqlite.StoreUnavailable;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/// Where Meta reports what became of WhatsApp messages. Open to everybody: who is Meta shows by its
/// signature.
public final class WhatsappRoutes {

  private static final String PATH = "/webhooks/whatsapp";
  private static final String TEXT = "text/plain; charset=utf-8";

  private final WhatsappWebhook webhook;
  private final Consumer<RunId> news;

  /// @param news is told of each run whose message was reported about
  public WhatsappRoutes(WhatsappWebhook webhook, Consumer<RunId> news) {
    this.webhook = webhook;
    this.news = news;
  }

  /// The operations of this class.
  public List<Route> routes() {
    return List.of(
        new Route("GET", PATH, new Access.Open(), this::challenge),
        new Route("POST", PATH, new Access.Open(), this::reports));
  }

  private Response challenge(Request request) {
    Query query = request.query();
    return webhook
        .challenge(
            query.text("hub.mode").orElse(""),
            query.text("hub.verify_token").orElse(""),
            query.text("hub.challenge").orElse(""))
        .map(answer -> Response.of(200, TEXT, answer.getBytes(StandardCharsets.UTF_8)))
        .orElseThrow(() ->
            new ProblemFound(
                Problem.of(ProblemKind.FORBIDDEN, "the token is not the one that was set up")));
  }

  private Response reports(Request request) {
    try {
      byte[] body = request.body(WhatsappWebhook.BODY_BYTES_MAX);
      return switch (webhook.receive(body, request.header("X-Hub-Signature-256"))) {
        case Received.Unsigned _ ->
            throw new ProblemFound(
                Problem.of(ProblemKind.UNAUTHENTICATED, "the signature is missing or wrong"));
        case Received.Reports(List<DeliveryReport> reports) -> {
          reports.stream()
              .flatMap(report -> Permit.runOf(report.effectKey()).stream())
              .distinct()
              .forEach(news);
          yield Response.of(200, TEXT, new byte[0]);
        }
      };
    } catch (StoreUnavailable unavailable) {
      throw new ProblemFound(
          Problem.of(ProblemKind.LEDGER_UNAVAILABLE, "the reports could not be kept; send again"));
    }
  }
}
