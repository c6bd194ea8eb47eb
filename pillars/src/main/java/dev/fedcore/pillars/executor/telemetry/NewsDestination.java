package dev.fedcore.pillars.executor.telemetry;

import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.engine.outbox.Delivery;
import dev.fedcore.engine.outbox.Destination;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.http.Response.Field;
import dev.fedcore.http.client.Credentials;
import dev.fedcore.http.client.ServiceClient;
import dev.fedcore.http.client.ServiceClient.Answer;
import dev.fedcore.http.client.Trace;
import dev.fedcore.kernel.identity.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Bucket or Karma as receiver of executions. Each message carries its id as `event_id`, by which
/// the receiver knows one that comes again.
///
/// Whatever is not a success is tried again, refusals too: an operator can mend what refuses, and a
/// message that was dropped would be gone.
public final class NewsDestination implements Destination {

  private final String name;
  private final String path;
  private final ServiceClient receiver;
  private final Credentials credentials;

  private NewsDestination(
      String name, String path, ServiceClient receiver, Credentials credentials) {
    this.name = name;
    this.path = path;
    this.receiver = receiver;
    this.credentials = credentials;
  }

  public static NewsDestination bucket(ServiceClient bucket, Credentials credentials) {
    return new NewsDestination(ExecutionNews.BUCKET, "/core/write-event", bucket, credentials);
  }

  public static NewsDestination karma(ServiceClient karma, Credentials credentials) {
    return new NewsDestination(ExecutionNews.KARMA, "/v1/event/", karma, credentials);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Delivery deliver(OutboxMessage message) {
    JsonFields fields =
        JsonFields.of(JsonReader.readObject(message.body().utf8(), JsonLimits.DEFAULT), "");
    JsonObject post = fields.object("post").with("event_id", new JsonString(message.id()));
    TenantId tenant =
        fields.optionalString(ExecutionNews.TENANT).map(TenantId::new).orElse(TenantId.DEFAULT);
    List<Field> headers = new ArrayList<>(credentials.headers(Optional.empty(), tenant));
    Trace.header(fields.string("trace_id")).ifPresent(headers::add);
    return switch (receiver.post(path, post, headers)) {
      case Answer.Heard heard when heard.isSuccess() -> new Delivery.Delivered();
      case Answer.Heard heard ->
          new Delivery.TryLater("%s answered %d".formatted(name, heard.status()));
      case Answer.Unreachable(String why) -> new Delivery.TryLater(why);
      case Answer.Lost(String why) -> new Delivery.TryLater(why);
    };
  }
}
