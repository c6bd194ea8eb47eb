package dev.fedcore.pillars.karma;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.pillars.karma.rules.Ruling.Refusal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// How Karma is told: `POST /v1/event/` takes any event, the other routes take the data of one type
/// each.
final class EventRoutes {

  /// The longest event id, in characters.
  private static final int EVENT_ID_LENGTH_MAX = 128;

  private static final String EVENT_ID = "event_id";
  private static final String KEY = "Idempotency-Key";

  private final KarmaStore store;
  private final KarmaSettings settings;
  private final Callers callers;
  private final InstantSource clock;

  EventRoutes(KarmaStore store, KarmaSettings settings, Callers callers, InstantSource clock) {
    this.store = store;
    this.settings = settings;
    this.callers = callers;
    this.clock = clock;
  }

  List<Route> routes() {
    return List.of(
        new Route("POST", "/v1/event/", Callers.WRITE, this::event),
        single("/v1/log-action/", EventType.LIFE_EVENT),
        single("/api/v1/log-action/", EventType.LIFE_EVENT),
        single("/v1/atonement/submit", EventType.ATONEMENT),
        single("/v1/appeal/", EventType.APPEAL),
        single("/v1/death/event", EventType.DEATH_EVENT),
        single("/redeem/", EventType.REDEMPTION));
  }

  private Route single(String path, EventType type) {
    return new Route("POST", path, Callers.WRITE, request -> data(request, type));
  }

  private Response event(Request request) {
    JsonObject body = Bodies.object(request);
    JsonFields fields = Bodies.fields(body);
    EventType type = type(fields.string("type"));
    JsonObject data = fields.object("data");
    Optional<String> source = fields.optionalString("source");
    Optional<String> eventId = fields.optionalString(EVENT_ID);
    requireTime(fields);
    fields.end();
    JsonFields inside = JsonFields.of(data, fields.pointer("data"));
    return answer(tell(request, new Read(body, type, data, inside, source, eventId)), false);
  }

  /// The data of one event as the whole body, with `source` and `event_id` beside it.
  private Response data(Request request, EventType type) {
    JsonObject body = Bodies.object(request);
    JsonFields fields = Bodies.fields(body);
    Optional<String> source = fields.optionalString("source");
    Optional<String> eventId = fields.optionalString(EVENT_ID);
    return answer(tell(request, new Read(body, type, body, fields, source, eventId)), true);
  }

  /// An event's body, taken apart.
  private record Read(
      JsonObject body,
      EventType type,
      JsonObject data,
      JsonFields fields,
      Optional<String> source,
      Optional<String> eventId) {}

  private Telling tell(Request request, Read read) {
    String source = callers.source(request.principal(), read.source(), read.type());
    String userId = EventContent.read(read.type(), read.fields()).userId();
    EventContent.end(read.fields());
    String bodyHash = Sha256.hex(read.body().canonicalBytes());
    var submission =
        new Submission(
            request.principal().tenant().value(),
            eventId(request, read, bodyHash),
            read.type(),
            source,
            userId,
            read.data(),
            bodyHash,
            clock.instant().truncatedTo(ChronoUnit.MICROS),
            settings.tracking());
    return Storing.of(() -> store.tell(submission));
  }

  /// The event's name: as the sender states it, or else, when it belongs to a trace, the hash of
  /// what it says.
  private static Optional<String> eventId(Request request, Read read, String bodyHash) {
    Optional<String> key = request.header(KEY);
    if (key.isPresent() && read.eventId().isPresent() && !key.equals(read.eventId())) {
      throw malformedHeader("and " + EVENT_ID + " differ; send one of them");
    }
    if (read.eventId().filter(id -> !isEventId(id)).isPresent()) {
      throw new MalformedInput("/" + EVENT_ID, "must have " + idAlphabet());
    }
    if (key.filter(id -> !isEventId(id)).isPresent()) {
      throw malformedHeader("must have " + idAlphabet());
    }
    return read.eventId()
        .or(() -> key)
        .or(() -> EventContent.traceId(read.data()).map(_ -> bodyHash));
  }

  private static boolean isEventId(String text) {
    return !text.isEmpty()
        && text.length() <= EVENT_ID_LENGTH_MAX
        && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static String idAlphabet() {
    return "1 to %d visible ASCII characters".formatted(EVENT_ID_LENGTH_MAX);
  }

  private static ProblemFound malformedHeader(String problem) {
    return new ProblemFound(
        Problem.of(ProblemKind.MALFORMED_HEADER, "the header " + KEY + " " + problem));
  }

  private static EventType type(String text) {
    return EventType.told(text)
        .orElseThrow(() ->
            new ProblemFound(
                Problem.at(
                    KarmaProblem.UNKNOWN_EVENT_TYPE,
                    "/type",
                    "must be one of %s; is \"%s\""
                        .formatted(String.join(", ", EventType.TEXTS), text))));
  }

  /// A sender's own time is allowed and means nothing: the server's counts.
  private static void requireTime(JsonFields fields) {
    Optional<String> text = fields.optionalString("timestamp");
    try {
      text.ifPresent(Instant::parse);
    } catch (DateTimeParseException _) {
      throw new MalformedInput(
          fields.pointer("timestamp"), "must be a time such as 2026-01-31T10:00:00Z");
    }
  }

  private static Response answer(Telling telling, boolean dataOnly) {
    return switch (telling) {
      case Telling.Recorded(JsonObject answer) -> ok(answer, dataOnly);
      case Telling.Repeated(JsonObject answer) ->
          ok(answer, dataOnly).with("Idempotent-Replayed", "true");
      case Telling.IdReused(String eventId) ->
          throw new ProblemFound(
              Problem.of(
                  KarmaProblem.EVENT_ID_REUSED,
                  "another event has the id %s; name this one otherwise".formatted(eventId)));
      case Telling.Refused(Refusal refusal) -> throw new ProblemFound(problem(refusal));
    };
  }

  private static Response ok(JsonObject answer, boolean dataOnly) {
    return Response.json(200, dataOnly ? flat(answer) : answer);
  }

  /// The data of an answer, with the event it comes from.
  private static JsonObject flat(JsonObject answer) {
    var flat = JsonObject.builder();
    ((JsonObject) answer.get("data").orElseThrow()).members().forEach(flat::put);
    for (String name : List.of("status", EVENT_ID, "message", "timestamp")) {
      flat.put(name, answer.get(name).orElseThrow());
    }
    return flat.build();
  }

  private static Problem problem(Refusal refusal) {
    return switch (refusal) {
      case Refusal.UnknownUser(String userId) ->
          Problem.of(KarmaProblem.UNKNOWN_USER, ReadRoutes.unknownUser(userId));
      case Refusal.UnknownPlan(String planId, List<String> open) ->
          Problem.of(
              KarmaProblem.UNKNOWN_PLAN,
              "there is no open plan %s; open are: %s"
                  .formatted(planId, open.isEmpty() ? "none" : String.join(", ", open)));
      case Refusal.NothingToAppeal(var offence) ->
          Problem.of(
              KarmaProblem.NOTHING_TO_APPEAL,
              "there is no debt from %s to make good".formatted(offence.text()));
      case Refusal.BalanceTooLow(var token, double available) ->
          Problem.of(
              KarmaProblem.BALANCE_TOO_LOW,
              "there are %s %s to redeem".formatted(available, token.text()));
      case Refusal.PlanIsOpen(String planId) ->
          Problem.of(
              KarmaProblem.PLAN_IS_OPEN, "the plan %s is open; fulfil it first".formatted(planId));
    };
  }
}
