package dev.fedcore.pillars.bucket.api;

import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Bodies;
import dev.fedcore.http.Query;
import dev.fedcore.http.Request;
import dev.fedcore.http.Response;
import dev.fedcore.http.Route;
import dev.fedcore.http.limit.RateLimit;
import dev.fedcore.pillars.bucket.event.Product;
import dev.fedcore.pillars.bucket.governance.Operation;
import dev.fedcore.pillars.bucket.prana.Attention;
import dev.fedcore.pillars.bucket.prana.Packet;
import dev.fedcore.pillars.bucket.prana.Packet.SystemType;
import dev.fedcore.pillars.bucket.store.AppendOutcome.Place;
import dev.fedcore.pillars.bucket.store.BucketStore.AgentRow;
import dev.fedcore.pillars.bucket.store.Chain;
import dev.fedcore.pillars.bucket.store.Draft;
import dev.fedcore.pillars.bucket.store.Filter;
import dev.fedcore.pillars.bucket.store.Kept;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Takes PRANA's packets, and shows them and what they come to. Packets are events of the chain
/// like all others, of a product of their own for each system.
final class PranaRoutes {

  /// As PRANA writes; read it may under the same names.
  private static final Set<String> TELLERS = Set.of("prana", "prana_core");

  /// How many of the latest packets are added up: eighty minutes of one user.
  private static final int ANALYSED_MAX = 1_000;

  private static final EntryPages.Form PACKETS =
      new EntryPages.Form("packets", "event_hash", Map.of());

  private final Services services;
  private final Appending appending;
  private final EntryPages pages;
  private final RateLimit rate;

  PranaRoutes(Services services) {
    this.services = services;
    this.appending = new Appending(services.store());
    this.pages = new EntryPages(services.store());
    this.rate = new RateLimit(services.limits().writesPerSecondMax(), services.clock());
  }

  /// The operations of this class.
  List<Route> routes() {
    return List.of(
        new Route("POST", "/bucket/prana/ingest", BucketAccess.WRITE, this::ingest),
        new Route("GET", "/bucket/prana/packets", BucketAccess.READ, this::packets),
        new Route("GET", "/bucket/prana/stats", BucketAccess.READ, this::stats),
        new Route("GET", "/bucket/prana/user/{user_id}", BucketAccess.READ, this::user));
  }

  private Response ingest(Request request) {
    JsonObject body = Bodies.object(request);
    JsonFields fields = Bodies.fields(body);
    Caller caller = teller(request, fields.optionalString("requester_id"));
    List<Packet> packets =
        fields.has("packets") ? many(fields) : List.of(Packet.read(body, fields));
    fields.end();
    if (!rate.take(caller.name(), packets.size())) {
      throw EventRoutes.tooFast(caller, services.limits());
    }
    List<Draft> drafts = packets.stream().map(packet -> packet.draft(caller.sender())).toList();
    List<Place> places = appending.append(drafts);
    long repeated = places.stream().filter(Place::repeated).count();
    return Response.json(
        200,
        JsonObject.builder()
            .put("success", true)
            .put("message", "packets stored")
            .put("count", places.size())
            .put("repeated", repeated)
            .build());
  }

  private List<Packet> many(JsonFields fields) {
    List<JsonValue> items = fields.array("packets");
    int max = services.limits().batchEventsMax();
    if (items.isEmpty() || items.size() > max) {
      throw new MalformedInput(
          "/packets", "must have 1 to %d packets, has %d".formatted(max, items.size()));
    }
    var packets = new ArrayList<Packet>(items.size());
    var ids = new HashSet<String>();
    for (int i = 0; i < items.size(); i++) {
      String pointer = JsonPointers.child("/packets", i);
      if (!(items.get(i) instanceof JsonObject item)) {
        throw new MalformedInput(pointer, "must be an object, is " + items.get(i).kind());
      }
      JsonFields inside = JsonFields.of(item, pointer);
      Packet packet = Packet.read(item, inside);
      inside.end();
      if (packet.id().isPresent() && !ids.add(packet.id().get())) {
        throw new MalformedInput(pointer + "/event_id", "is there twice; send each packet once");
      }
      packets.add(packet);
    }
    return packets;
  }

  private Caller teller(Request request, Optional<String> stated) {
    Caller caller = services.callers().ofBody(request, stated);
    if (!TELLERS.contains(caller.name())) {
      throw services
          .incidents()
          .refuse(
              caller,
              request,
              BucketProblem.OPERATION_FORBIDDEN,
              "only prana and prana_core send packets",
              Optional.empty());
    }
    return caller;
  }

  private Response packets(Request request) {
    Product product = reading(request);
    Filter filter = request.query().text("user_id").map(Filter::subject).orElse(Filter.ALL);
    return pages.page(request, Chain.EVENTS, product, filter, PACKETS);
  }

  private Response stats(Request request) {
    Product product = reading(request);
    return Response.json(
        200,
        analysed(product, Filter.ALL)
            .with("product_id", new JsonString(product.id()))
            .with("total_packets", JsonNumber.of(services.store().totals(product.id()).events())));
  }

  private Response user(Request request) {
    Product product = reading(request);
    String userId = request.parameter("user_id");
    long total = services.store().agent(product.id(), userId).map(AgentRow::events).orElse(0L);
    return Response.json(
        200,
        analysed(product, Filter.subject(userId))
            .with("user_id", new JsonString(userId))
            .with("product_id", new JsonString(product.id()))
            .with("total_packets", JsonNumber.of(total)));
  }

  private JsonObject analysed(Product product, Filter filter) {
    List<byte[]> latest =
        services
            .store()
            .page(Chain.EVENTS, product.id(), filter, Long.MAX_VALUE, ANALYSED_MAX)
            .stream()
            .filter(kept -> !kept.isErased())
            .map(Kept::shown)
            .toList();
    return Attention.of(latest).json();
  }

  /// Whose packets a reader names, who may read them.
  private Product reading(Request request) {
    Caller caller = services.callers().ofQuery(request);
    services.callers().require(caller, request, Operation.READ);
    Product product =
        request
            .query()
            .oneOf("system_type", SystemType.class)
            .orElseThrow(() -> Query.invalid("system_type", "is missing: say gurukul or ems"))
            .product();
    services.callers().requireOwn(caller, request, product);
    return product;
  }
}
