package dev.fedcore.policy.yaml;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.ArrayList;
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
    JsonValue value = value(events.next(), "");
    Event end = events.next();
    while (end.getEventId() == Event.ID.DocumentEnd) {
      end = events.next();
    }
    if (end.getEventId() != Event.ID.StreamEnd) {
      throw problem("", end, "a second document begins; only one is expected");
    }
    return value;
  }

  private JsonValue value(Event event, String pointer) {
    plainNode(event, pointer);
    if (event instanceof ScalarEvent scalar) {
      return scalar(scalar, pointer);
    }
    depth++;
    if (depth > limits.depthMax()) {
      throw problem(pointer, event, "is nested more than %d deep".formatted(limits.depthMax()));
    }
    JsonValue value =
        event.getEventId() == Event.ID.MappingStart ? mapping(pointer) : sequence(pointer);
    depth--;
    return value;
  }

  private JsonObject mapping(String pointer) {
    var values = new LinkedHashMap<String, JsonValue>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.MappingEnd) {
      String key = key(event, pointer);
      String place = JsonPointers.child(pointer, key);
      if (values.containsKey(key)) {
        throw problem(place, event, "the key \"" + key + "\" stands twice");
      }
      count(place, event);
      values.put(key, value(events.next(), place));
      event = events.next();
    }
    return JsonObject.of(values);
  }

  private JsonArray sequence(String pointer) {
    var items = new ArrayList<JsonValue>();
    Event event = events.next();
    while (event.getEventId() != Event.ID.SequenceEnd) {
      String place = JsonPointers.child(pointer, items.size());
      count(place, event);
      items.add(value(event, place));
      event = events.next();
    }
    return new JsonArray(items);
  }

  private String key(Event event, String pointer) {
    plainNode(event, pointer);
    if (event instanceof ScalarEvent scalar) {
      return checked(scalar.getValue(), pointer, event);
    }
    throw problem(pointer, event, "a key must be a plain text");
  }

  private JsonValue scalar(ScalarEvent scalar, String pointer) {
    if (!scalar.isPlain()) {
      return new JsonString(checked(scalar.getValue(), pointer, scalar));
    }
    try {
      return PlainScalars.value(scalar.getValue(), limits);
    } catch (MalformedInput e) {
      throw problem(pointer, scalar, e.problem());
    }
  }

  private static String checked(String text, String pointer, Event event) {
    if (text.codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
      throw problem(pointer, event, "half a surrogate pair is no character");
    }
    return text;
  }

  /// Anchors would let a short text mean a huge one; tags would let it name classes.
  private static void plainNode(Event event, String pointer) {
    if (event instanceof AliasEvent) {
      throw problem(pointer, event, "an alias (*) is not allowed; repeat the value");
    }
    if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      throw problem(pointer, event, "an anchor (&) is not allowed; repeat the value");
    }
    if (tag(event).isPresent()) {
      throw problem(
          pointer, event, "a tag (!) is not allowed; put a value that begins with ! in quotes");
    }
  }

  private static Optional<String> tag(Event event) {
    return switch (event) {
      case ScalarEvent scalar -> scalar.getTag();
      case CollectionStartEvent start -> start.getTag();
      default -> Optional.empty();
    };
  }

  private void count(String pointer, Event event) {
    members++;
    if (members > limits.membersMax()) {
      throw problem(
          pointer, event, "has more than %,d members and items".formatted(limits.membersMax()));
    }
  }

  private static MalformedInput problem(String pointer, Event event, String sentence) {
    return new MalformedInput(pointer, at(event.getStartMark()) + sentence);
  }

  /// Where a mark is in words, such as `line 3, column 7: `; empty without one.
  public static String at(Optional<Mark> mark) {
    return mark.map(m -> "line %d, column %d: ".formatted(m.getLine() + 1, m.getColumn() + 1))
        .orElse("");
  }
}
