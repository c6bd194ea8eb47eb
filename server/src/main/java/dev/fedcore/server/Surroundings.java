package dev.fedcore.server;

import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Which services this process is, where each listens, where the others are, and what else the
/// environment says.
///
/// @param roles what this process is
/// @param ports of the roles that do not have their usual one
/// @param environment variables, by name
public record Surroundings(
    Set<Role> roles, Map<Role, Integer> ports, Map<String, String> environment) {

  /// Where spans are sent to, as OpenTelemetry names it.
  static final String COLLECTOR = "OTEL_EXPORTER_OTLP_ENDPOINT";

  private static final String TIMEOUT = "WORKFLOW_TIMEOUT";

  /// Two seconds, as the seed has it.
  private static final Duration TIMEOUT_DEFAULT = Duration.ofSeconds(2);

  private static final double TIMEOUT_SECONDS_MAX = 60;
  private static final double MILLIS = 1_000;

  public Surroundings {
    roles = Set.copyOf(roles);
    var copy = new EnumMap<Role, Integer>(Role.class);
    copy.putAll(ports);
    ports = copy;
    environment = Map.copyOf(environment);
  }

  boolean is(Role role) {
    return roles.contains(role);
  }

  int port(Role role) {
    return ports.getOrDefault(role, role.port());
  }

  /// Where a service is, if it is known: in this process, or where the environment says.
  ///
  /// @param host where this process listens
  /// @throws StartRefused if the environment names something that is no URL
  Optional<URI> known(Role role, String host) {
    if (is(role)) {
      return Optional.of(own(role, host));
    }
    return text(role.urlVariable()).map(text -> url(role.urlVariable(), text));
  }

  /// Where a service is: where it is known to be, or else at its usual port on this machine.
  URI at(Role role, String host) {
    return known(role, host).orElseGet(() -> own(role, "127.0.0.1"));
  }

  Optional<String> text(String variable) {
    return Optional.ofNullable(environment.get(variable)).filter(text -> !text.isBlank());
  }

  /// Whether a switch is on, as everything is unless it says `false`.
  ///
  /// @throws StartRefused if it says neither
  boolean isOn(String variable) {
    String text = text(variable).orElse("true");
    if (!text.equals("true") && !text.equals("false")) {
      throw new StartRefused("%s must be true or false, is %s".formatted(variable, text));
    }
    return text.equals("true");
  }

  /// How long one service waits for another; to the millisecond, and never less than one.
  ///
  /// @throws StartRefused if the environment has no number of seconds up to a minute
  Duration timeout() {
    Optional<String> text = text(TIMEOUT);
    if (text.isEmpty()) {
      return TIMEOUT_DEFAULT;
    }
    try {
      double seconds = Double.parseDouble(text.get());
      if (seconds > 0 && seconds <= TIMEOUT_SECONDS_MAX) {
        return Duration.ofMillis(Math.max(1, Math.round(seconds * MILLIS)));
      }
    } catch (NumberFormatException _) {
      // Told like a number out of range.
    }
    throw new StartRefused(
        "%s must be seconds, more than 0 and at most 60, is %s".formatted(TIMEOUT, text.get()));
  }

  private URI own(Role role, String host) {
    String literal = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return URI.create("http://%s:%d".formatted(literal, port(role)));
  }

  private static URI url(String variable, String text) {
    try {
      URI url = URI.create(text);
      boolean usable =
          ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
              && url.getHost() != null;
      if (usable) {
        return url;
      }
    } catch (IllegalArgumentException _) {
      // Told like a URL of another kind.
    }
    throw new StartRefused("%s must be an http or https URL, is %s".formatted(variable, text));
  }
}
