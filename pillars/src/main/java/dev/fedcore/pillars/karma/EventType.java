package dev.fedcore.pillars.karma;

import dev.fedcore.http.erasure.ErasureRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The kinds of event, and the route that takes each on its own.
enum EventType {
  LIFE_EVENT("/v1/log-action/"),
  ATONEMENT("/v1/atonement/submit"),
  APPEAL("/v1/appeal/"),
  DEATH_EVENT("/v1/death/event"),
  REDEMPTION("/redeem/"),
  STATS_REQUEST("/v1/stats/user/{user_id}"),

  /// A person was erased. Nobody tells it: Karma itself writes it down.
  ERASURE(ErasureRequest.PATH);

  /// All that can be told, as they are written.
  static final List<String> TEXTS =
      Arrays.stream(values()).filter(type -> type != ERASURE).map(EventType::text).toList();

  private final String route;

  EventType(String route) {
    this.route = route;
  }

  /// A type that somebody tells.
  static Optional<EventType> told(String text) {
    return named(text).filter(type -> type != ERASURE);
  }

  /// A type that is in a record.
  static Optional<EventType> named(String text) {
    return Arrays.stream(values()).filter(type -> type.text().equals(text)).findFirst();
  }

  /// Such as `life_event`.
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  String route() {
    return route;
  }
}
