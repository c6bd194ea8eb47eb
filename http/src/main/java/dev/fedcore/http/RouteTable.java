package dev.fedcore.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds the route of a request, one map look-up a segment. A literal wins over a parameter.
///
/// Unchangeable once built, so safe for use by many threads.
final class RouteTable {

  /// A path with more segments than this has no route: ours have eight at most, but tiles more.
  private static final int SEGMENTS_MAX = 16;

  private final Node root = new Node();

  /// What was found.
  sealed interface Match {

    record Found(Route route, Map<String, String> parameters) implements Match {}

    /// The path is known, the method is not.
    record WrongMethod(List<String> allowed) implements Match {}

    record Unknown() implements Match {}
  }

  RouteTable(List<Route> routes) {
    routes.forEach(this::add);
  }

  /// The route of a request. What HEAD asks for is what GET would be answered.
  Match find(String method, String path) {
    if (path.isEmpty() || path.charAt(0) != '/') {
      return new Match.Unknown();
    }
    String[] segments = path.substring(1).split("/", -1);
    if (segments.length > SEGMENTS_MAX) {
      return new Match.Unknown();
    }
    var parameters = new HashMap<String, String>();
    Optional<Node> node = root.descend(segments, 0, parameters);
    if (node.isEmpty()) {
      return new Match.Unknown();
    }
    Map<String, Route> routes = node.get().routes;
    Route route = routes.get(method.equals("HEAD") ? "GET" : method);
    return route == null
        ? new Match.WrongMethod(List.copyOf(routes.keySet()))
        : new Match.Found(route, parameters);
  }

  private void add(Route route) {
    Node node = root;
    for (String segment : route.pattern().substring(1).split("/", -1)) {
      node = node.child(segment);
    }
    if (node.routes.putIfAbsent(route.method(), route) != null) {
      throw new IllegalArgumentException(
          "two routes for " + route.method() + " " + route.pattern());
    }
  }

  /// A place in the tree of patterns.
  private static final class Node {

    final Map<String, Route> routes = new TreeMap<>();
    final Map<String, Node> literals = new HashMap<>();
    final List<Parameter> parameters = new ArrayList<>();

    Node child(String segment) {
      if (!segment.startsWith("{")) {
        return literals.computeIfAbsent(segment, _ -> new Node());
      }
      for (Parameter parameter : parameters) {
        if (parameter.segment.equals(segment)) {
          return parameter.next;
        }
      }
      var parameter = Parameter.of(segment, new Node());
      parameters.add(parameter);
      parameters.sort((a, b) -> b.ending.length() - a.ending.length());
      return parameter.next;
    }

    Optional<Node> descend(String[] segments, int at, Map<String, String> found) {
      if (at == segments.length) {
        return routes.isEmpty() ? Optional.empty() : Optional.of(this);
      }
      Node literal = literals.get(segments[at]);
      if (literal != null) {
        Optional<Node> end = literal.descend(segments, at + 1, found);
        if (end.isPresent()) {
          return end;
        }
      }
      return descendByParameter(segments, at, found);
    }

    private Optional<Node> descendByParameter(
        String[] segments, int at, Map<String, String> found) {
      for (Parameter parameter : parameters) {
        String value = parameter.value(segments, at);
        if (value != null) {
          int next = parameter.rest ? segments.length : at + 1;
          Optional<Node> end = parameter.next.descend(segments, next, found);
          if (end.isPresent()) {
            found.put(parameter.name, value);
            return end;
          }
        }
      }
      return Optional.empty();
    }
  }

  /// `{name}`, `{name}:ending` or `{name*}`.
  private record Parameter(String segment, String name, String ending, boolean rest, Node next) {

    static Parameter of(String segment, Node next) {
      int close = segment.indexOf('}');
      boolean rest = segment.charAt(close - 1) == '*';
      String name = segment.substring(1, rest ? close - 1 : close);
      return new Parameter(segment, name, segment.substring(close + 1), rest, next);
    }

    /// The decoded value, or null when the segment does not fit.
    @Nullable String value(String[] segments, int at) {
      if (rest) {
        var left = List.of(segments).subList(at, segments.length);
        return Percent.decode(String.join("/", left)).orElse(null);
      }
      String text = segments[at];
      if (!text.endsWith(ending) || text.length() == ending.length()) {
        return null;
      }
      return Percent.decode(text.substring(0, text.length() - ending.length())).orElse(null);
    }
  }
}
