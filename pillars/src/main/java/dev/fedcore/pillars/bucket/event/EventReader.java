package dev.fedcore.pillars.bucket.event;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.pillars.bucket.governance.ActorType;
import dev.fedcore.pillars.bucket.store.Chain;
import dev.fedcore.pillars.bucket.store.Draft;
import dev.fedcore.pillars.bucket.threat.ThreatFinding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Turns what a requester sends into what is stored.
///
/// The stored event is the requester's `event_data` with the server's members in it, and the
/// server's always win: what the requester said under one of their names is kept under `claimed`,
/// so that nothing it said is lost and nothing of it is believed.
public final class EventReader {

  /// The longest name of an event that a requester may choose, in characters.
  public static final int ID_LENGTH_MAX = 255;

  /// What the ids begin with that Bucket gives itself.
  private static final String OWN_ID_PREFIX = "bucket:";

  /// The form of stored events. A change of meaning is a new version.
  private static final String EVENT_VERSION = "1.0";

  /// What an executor says when its request named no product.
  private static final String NO_PRODUCT = "unknown";

  private static final String TIMESTAMP = "timestamp";
  private static final String EVENT_DATA = "event_data";
  private static final String PRODUCT_ID = "product_id";
  private static final String TENANT_ID = "tenant_id";

  /// The members that only the server sets.
  private static final Set<String> SERVER_MEMBERS =
      Set.of(
          "chain_format",
          "claimed",
          "content_erased",
          "content_salt",
          "event_hash",
          "event_id",
          "event_version",
          "prev",
          PRODUCT_ID,
          "requester_id",
          "requester_identity",
          "seq",
          "suspicions",
          TENANT_ID,
          TIMESTAMP);

  private EventReader() {}

  /// Who sends, as far as a stored event says it.
  ///
  /// @param authenticated whether the name was proved, or only stated
  public record Sender(String name, String tenant, ActorType type, boolean authenticated) {}

  /// One event as it was sent.
  ///
  /// @param id the requester's own name for it
  /// @param claimed members under names of the server's
  public record Sent(
      EventType type,
      JsonObject eventData,
      Product product,
      Optional<String> id,
      Map<String, JsonValue> claimed) {

    public Sent {
      claimed = Map.copyOf(claimed);
    }

    /// The event to be stored.
    public Draft draft(Sender sender, List<ThreatFinding> suspicions) {
      var members = new LinkedHashMap<String, JsonValue>();
      eventData
          .members()
          .forEach((name, value) -> {
            if (!SERVER_MEMBERS.contains(name)) {
              members.put(name, value);
            }
          });
      if (!claimed.isEmpty()) {
        members.put("claimed", new JsonObject(claimed));
      }
      if (!suspicions.isEmpty()) {
        members.put(
            "suspicions",
            JsonArray.ofStrings(
                suspicions.stream().map(found -> found.pattern().text()).distinct().toList()));
      }
      members.put("event_version", new JsonString(EVENT_VERSION));
      members.put("requester_id", new JsonString(sender.name()));
      members.put(
          "requester_identity",
          new JsonString(sender.authenticated() ? "authenticated" : "stated"));
      var columns =
          new Draft.Columns(
              product.id(),
              sender.tenant(),
              sender.name(),
              id,
              type.text(),
              agent(),
              Optional.empty());
      var meant = Map.<String, JsonValue>of(EVENT_DATA, eventData, PRODUCT_ID, productMember());
      return new Draft(Chain.EVENTS, columns, new JsonObject(meant), new JsonObject(members));
    }

    private JsonValue productMember() {
      return new JsonString(product.id());
    }

    private Optional<String> agent() {
      return eventData.get("agent_id").orElse(null) instanceof JsonString(String agent)
              && !agent.isEmpty()
          ? Optional.of(agent)
          : Optional.empty();
    }
  }

  /// Reads one event.
  ///
  /// @param fields of the object that holds `event_data`; `event_id` and `product_id` may be beside
  /// @param key the request's `Idempotency-Key`, which is the same as an `event_id`
  /// @throws MalformedInput that points to what is wrong
  public static Sent read(JsonFields fields, Sender sender, Optional<String> key) {
    JsonObject eventData = fields.object(EVENT_DATA);
    String pointer = fields.pointer(EVENT_DATA);
    EventType type = EventType.read(eventData, pointer);
    Product product = product(fields, eventData, sender);
    Optional<String> id = id(fields, key);
    return new Sent(type, eventData, product, id, claimed(eventData, sender, product, id));
  }

  private static Product product(JsonFields fields, JsonObject eventData, Sender sender) {
    var stated = new ArrayList<Product>();
    fields
        .optionalString(PRODUCT_ID)
        .ifPresent(text -> stated.add(Product.read(text, fields.pointer(PRODUCT_ID))));
    JsonFields inside = JsonFields.of(eventData, fields.pointer(EVENT_DATA));
    for (String name : List.of(PRODUCT_ID, "product")) {
      inside
          .optionalString(name)
          .filter(text -> !text.equals(NO_PRODUCT))
          .ifPresent(text -> stated.add(Product.read(text, inside.pointer(name))));
    }
    if (stated.stream().distinct().count() > 1) {
      throw new MalformedInput(
          fields.pointer(PRODUCT_ID), "the event names several products; it belongs to one");
    }
    Product product =
        stated.stream()
            .findFirst()
            .or(() -> Product.defaultOf(sender.name(), sender.type()))
            .orElseThrow(
                () -> new MalformedInput(fields.pointer(PRODUCT_ID), "is missing; name it"));
    if (product.equals(Product.OWN)) {
      throw new MalformedInput(
          fields.pointer(PRODUCT_ID), "\"bucket\" is Bucket's own; name another product");
    }
    return product;
  }

  private static Optional<String> id(JsonFields fields, Optional<String> key) {
    Optional<String> id = fields.optionalString("event_id");
    if (id.isPresent() && key.isPresent() && !id.equals(key)) {
      throw new MalformedInput(
          fields.pointer("event_id"), "is not the Idempotency-Key; send one of them");
    }
    Optional<String> chosen = id.or(() -> key);
    if (chosen.filter(text -> !isId(text)).isPresent()) {
      throw new MalformedInput(
          fields.pointer("event_id"),
          "must be 1 to 255 visible ASCII characters, not beginning with \"bucket:\"");
    }
    return chosen;
  }

  private static boolean isId(String text) {
    return !text.isEmpty()
        && text.length() <= ID_LENGTH_MAX
        && text.chars().allMatch(c -> c > ' ' && c < 0x7f)
        && !text.startsWith(OWN_ID_PREFIX);
  }

  /// What the requester says under the server's names, unless it says the same as the server.
  private static Map<String, JsonValue> claimed(
      JsonObject eventData, Sender sender, Product product, Optional<String> id) {
    var same =
        Map.<String, JsonValue>of(
            "requester_id",
            new JsonString(sender.name()),
            PRODUCT_ID,
            new JsonString(product.id()),
            TENANT_ID,
            new JsonString(sender.tenant()),
            "event_id",
            new JsonString(id.orElse("")));
    var claimed = new LinkedHashMap<String, JsonValue>();
    eventData
        .members()
        .forEach((name, value) -> {
          if (SERVER_MEMBERS.contains(name) && !value.equals(same.get(name))) {
            claimed.put(name, value);
          }
        });
    return claimed;
  }
}
