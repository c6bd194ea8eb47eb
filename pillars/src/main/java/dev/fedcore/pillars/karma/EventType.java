package dev.fedcore.pillars.karma;

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
  STATS_REQUEST("/v1/stats/user/{user_id}");

  /// All of them, as they are written.
  static final List<String> TEXTS = Arrays.stream(values()).map(EventType::text).toList();

  private final String route;

  EventType(String route) {
    this.route = route;
  }

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
