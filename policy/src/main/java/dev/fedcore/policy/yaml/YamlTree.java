package dev.fedcore.policy.yaml;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// Puts the parser's events together into one value, counting as it goes. One tree a document.
public final class YamlTree {

  private final Iterator<Event> events;
  private final JsonLimits limits;

  /// Where the reading is. It becomes a pointer only for a problem: one for every item would copy a
  /// long key as often as there are items below it.
  private final Deque<Object> path = new ArrayDeque<>();

  private int members;
  private int depth;

  /// A tree over the parser's events, not yet read.
  public YamlTree(Iterator<Event> events, JsonLimits limits) {
    this.events = events;
    this.limits = limits;
  }

  /// The one document of the stream.
  ///
  /// @throws MalformedInput with line and column, from 1, in its sentence
  public JsonValue document() {
    Event start = events.next();
    while (start.getEventId() == Event.ID.StreamStart) {
      start = events.next();
    }
    if (!(start instanceof DocumentStartEvent)) {
      throw new MalformedInput("", "is empty; one document is expected");
    }
    JsonValue value = value(events.next());
    Event end = events.next();
    while (end.getEventId() == Event.ID.DocumentEnd) {
      end = events.next();
    }
    if (end.getEventId() != Event.ID.StreamEnd) {
      throw problem(end, "a second document begins; only one is expected");
    }
    return value;
  }

  private JsonValue value(Event event) {
    plainNode(event);
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar);
    }
    depth++;
    if (depth > limits.depthMax()) {
      throw problem(event, "is nested more than %d deep".formatted(limits.depthMax()));
    }
    JsonValue value = event.getEventId() == Event.ID.MappingStart ? mapping() : sequence();
    depth--;
    return value;
  }

  private JsonObject mapping() {
    var values = new LinkedHashMap<String, JsonValue>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      String key = key(event);
      path.addLast(key);
      if (values.containsKey(key)) {
        throw problem(event, "the key \"" + key + "\" stands twice");
      }
      count(event);
      values.put(key, value(events.next()));
      path.removeLast();
      event = events.next();
    }
    return JsonObject.of(values);
  }

  private JsonArray sequence() {
    var items = new ArrayList<JsonValue>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      path.addLast(items.size());
      count(event);
      items.add(value(event));
      path.removeLast();
      event = events.next();
    }
    return new JsonArray(items);
  }

  private String key(Event event) {
    plainNode(event);
    if (event instanceof ScalarEvent scalar) {
      return checked(scalar.getValue(), event);
    }
    throw problem(event, "a key must be a plain text");
  }

  private JsonValue scalar(ScalarEvent scalar) {
    if (!scalar.isPlain()) {
      return new JsonString(checked(scalar.getValue(), scalar));
    }
    try {
      return PlainScalars.value(scalar.getValue(), limits);
    } catch (MalformedInput e) {
      throw problem(scalar, e.problem());
    }
  }

  private String checked(String text, Event event) {
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw problem(event, "half a surrogate pair is no character");
    }
    return text;
  }

  /// Anchors would let a short text mean a huge one; tags would let it name classes.
  private void plainNode(Event event) {
    if (event instanceof AliasEvent) {
      throw problem(event, "an alias (*) is not allowed; repeat the value");
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      throw problem(event, "an anchor (&) is not allowed; repeat the value");
    }
    if (tag(event).isPresent()) {
      throw problem(event, "a tag (!) is not allowed; put a value that begins with ! in quotes");
    }
  }

  private static Optional<String> tag(Event event) {
    return switch (event) {
      case ScalarEvent scalar -> scalar.getTag();
      case CollectionStartEvent start -> start.getTag();
      default -> Optional.empty();
    };
  }

  private void count(Event event) {
    members++;
    if (members > limits.membersMax()) {
      throw problem(event, "has more than %,d members and items".formatted(limits.membersMax()));
    }
  }

  private MalformedInput problem(Event event, String sentence) {
    return new MalformedInput(JsonPointers.of(path), at(event.getStartMark()) + sentence);
  }

  /// Where a mark is in words, such as `line 3, column 7: `; empty without one.
  public static String at(Optional<Mark> mark) {
    return mark.map(m -> "line %d, column %d: ".formatted(m.getLine() + 1, m.getColumn() + 1))
        .orElse("");
  }
}
