package dev.fedcore.http;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The parameters of a query. Of several with the same name, the first counts; unknown ones are
/// ignored, as caches and proxies add their own.
public record Query(Map<String, String> parameters) {

  private static final Query NONE = new Query(Map.of());

  public Query {
    parameters = Map.copyOf(parameters);
  }

  static Query parse(String raw) {
    if (raw.isEmpty()) {
      return NONE;
    }
    var parameters = new HashMap<String, String>();
    for (String pair : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      parameters.putIfAbsent(decoded(name), decoded(value));
    }
    return new Query(parameters);
  }

  /// A parameter that is there and not empty.
  public Optional<String> text(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
  }

  /// A boolean; false when absent.
  ///
  /// @throws ProblemFound if it is neither `true` nor `false`
  public boolean flag(String name) {
    return switch (text(name).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(name, "must be true or false");
    };
  }

  /// An integer; `otherwise` when absent.
  ///
  /// @throws ProblemFound if it is no integer from `min` to `max`
  public int integer(String name, int otherwise, int min, int max) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      int value = Integer.parseInt(text.get());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Told like a number out of range: the range says what is wanted.
    }
    throw invalid(name, "must be an integer from %d to %d".formatted(min, max));
  }

  /// A name of one of the constants, in any case.
  ///
  /// @throws ProblemFound if it is none
  public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> type) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Enum.valueOf(type, text.get().toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException _) {
      String choices = String.join(", ", EnumSet.allOf(type).stream().map(Enum::name).toList());
      throw invalid(name, "must be one of " + choices);
    }
  }

  /// A refusal of one parameter.
  public static ProblemFound invalid(String name, String problem) {
    return new ProblemFound(
        Problem.of(ProblemKind.INVALID_QUERY, "the query parameter " + name + " " + problem));
  }

  private static String decoded(String text) {
    return Percent.decode(text.replace('+', ' '))
        .orElseThrow(() ->
            new ProblemFound(
                Problem.of(ProblemKind.INVALID_QUERY, "the query is not percent-encoded UTF-8")));
  }
}
