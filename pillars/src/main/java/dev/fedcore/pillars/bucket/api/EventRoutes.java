package dev.fedcore.pillars.bucket.api;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.MediaTypes;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.http.limit.RateLimit;
import dev.fedcore.pillars.bucket.event.EventReader;
import dev.fedcore.pillars.bucket.event.EventReader.Sent;
import dev.fedcore.pillars.bucket.governance.BucketLimits;
import dev.fedcore.pillars.bucket.store.AppendOutcome.Place;
import dev.fedcore.pillars.bucket.store.Draft;
import dev.fedcore.pillars.bucket.threat.Pattern;
import dev.fedcore.pillars.bucket.threat.Poisoning;
import dev.fedcore.pillars.bucket.threat.ThreatFinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Writing events: one, or many at once. `/core/write-event` and `/workflow/write-event` store the
/// same event. What is answered with success is durable, and every read sees it.
public final class EventRoutes {

  private static final String STORED = "event stored";

  /// A batch has more members than any other body: 500 events of 100 each still fit.
  private static final JsonLimits BATCH = new JsonLimits(Request.BODY_BYTES_MAX, 64, 100_000);

  private final Services services;
  private final Appending appending;
  private final RateLimit rate;
  private final boolean workflowEvents;

  /// @param workflowEvents whether `/workflow/write-event` takes events
  EventRoutes(Services services, boolean workflowEvents) {
    this.services = services;
    this.appending = new Appending(services.store());
    this.rate = new RateLimit(services.limits().writesPerSecondMax(), services.clock());
    this.workflowEvents = workflowEvents;
  }

  /// The operations of this class.
  List<Route> routes() {
    return List.of(
        new Route("POST", "/core/write-event", BucketAccess.WRITE, this::write),
        new Route("POST", "/core/write-events", BucketAccess.WRITE, this::writeMany),
        new Route("POST", "/workflow/write-event", BucketAccess.WRITE, this::writeForWorkflow));
  }

  private Response writeForWorkflow(Request request) {
    if (!workflowEvents) {
      throw new ProblemFound(
          Problem.of(
              BucketProblem.WORKFLOW_EVENTS_DISABLED,
              "this server was started with WORKFLOW_EVENTS_ENABLED=false;"
                  + " set it to true, or use /core/write-event"));
    }
    return write(request);
  }

  private Response write(Request request) {
    JsonFields fields = Bodies.fields(Bodies.object(request));
    Caller caller = services.callers().teller(request, fields.optionalString("requester_id"));
    Sent sent = EventReader.read(fields, caller.sender(), IdempotencyKeys.of(request));
    fields.end();
    take(caller, 1);
    Place place = appending.append(List.of(draft(sent, caller))).getFirst();
    JsonObject.Builder answer = JsonObject.builder().put("success", true).put("message", STORED);
    placed(answer, place);
    Response response = Response.json(200, answer.build());
    return place.repeated() ? response.with("Idempotency-Replayed", "true") : response;
  }

  private Response writeMany(Request request) {
    JsonFields fields = Bodies.fields(manyEvents(request));
    Caller caller = services.callers().teller(request, fields.optionalString("requester_id"));
    List<JsonValue> events = fields.array("events");
    int max = services.limits().batchEventsMax();
    if (events.isEmpty() || events.size() > max) {
      throw new MalformedInput(
          "/events", "must have 1 to %d events, has %d".formatted(max, events.size()));
    }
    fields.end();
    List<Draft> drafts = drafts(events, caller);
    take(caller, drafts.size());
    List<JsonValue> places =
        appending.append(drafts).stream().<JsonValue>map(EventRoutes::json).toList();
    return Response.json(
        200,
        JsonObject.builder()
            .put("success", true)
            .put("message", "all events stored")
            .put("count", places.size())
            .put("events", new JsonArray(places))
            .build());
  }

  private static JsonObject manyEvents(Request request) {
    if (!request.mediaType().equals(MediaTypes.JSON)) {
      throw Bodies.unsupported(request.mediaType(), MediaTypes.JSON);
    }
    return JsonReader.readObject(request.body(), BATCH);
  }

  private List<Draft> drafts(List<JsonValue> events, Caller caller) {
    var drafts = new ArrayList<Draft>(events.size());
    var ids = new HashSet<String>();
    for (int i = 0; i < events.size(); i++) {
      String pointer = "/events/" + i;
      if (!(events.get(i) instanceof JsonObject event)) {
        throw new MalformedInput(pointer, "must be an object, is " + events.get(i).kind());
      }
      JsonFields fields = JsonFields.of(event, pointer);
      Sent sent = EventReader.read(fields, caller.sender(), Optional.empty());
      fields.end();
      if (sent.id().isPresent() && !ids.add(sent.id().get())) {
        throw new MalformedInput(pointer + "/event_id", "is there twice; send each event once");
      }
      drafts.add(draft(sent, caller));
    }
    return drafts;
  }

  private Draft draft(Sent sent, Caller caller) {
    int fieldBytesMax = services.limits().metadataFieldBytesMax();
    Optional<ThreatFinding> oversized = Poisoning.oversized(sent.eventData(), fieldBytesMax);
    if (oversized.isPresent()) {
      throw new ProblemFound(
          Incidents.problem(
              BucketProblem.METADATA_TOO_LARGE, oversized.get().description(), oversized));
    }
    var suspicions =
        new ArrayList<>(
            Poisoning.suspicions(sent.eventData(), services.clock().instant(), fieldBytesMax));
    if (sent.claimed().keySet().stream().anyMatch(name -> !name.equals("timestamp"))) {
      suspicions.add(
          new ThreatFinding(Pattern.SERVER_FIELD_CLAIMED, "a member that only the server sets"));
    }
    return sent.draft(caller.sender(), suspicions);
  }

  private void take(Caller caller, int events) {
    if (!rate.take(caller.name(), events)) {
      throw tooFast(caller, services.limits());
    }
  }

  static ProblemFound tooFast(Caller caller, BucketLimits limits) {
    return new ProblemFound(
        Problem.of(
                BucketProblem.RATE_LIMITED,
                "%s may write %,d entries in a second"
                    .formatted(caller.name(), limits.writesPerSecondMax()))
            .withHeader("Retry-After", "1"));
  }

  private static JsonObject json(Place place) {
    JsonObject.Builder json = JsonObject.builder();
    placed(json, place);
    return json.build();
  }

  private static void placed(JsonObject.Builder json, Place place) {
    json.put("event_id", place.id())
        .put("seq", place.seq())
        .put("event_hash", place.hash())
        .put("product_id", place.product());
  }
}
