package dev.fedcore.adapters.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The variables of the environment, typed. A blank one counts as absent.
///
/// Every method throws [SettingRefused] that names the variable.
public final class Variables {

  private final Map<String, String> environment;

  public Variables(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  /// Whether one of `names` is set.
  public boolean hasAny(Collection<String> names) {
    return names.stream().anyMatch(name -> text(name).isPresent());
  }

  public Optional<String> text(String name) {
    Optional<String> text =
        Optional.ofNullable(environment.get(name)).map(String::strip).filter(t -> !t.isEmpty());
    if (text.filter(t -> t.chars().anyMatch(Character::isISOControl)).isPresent()) {
      throw new SettingRefused(name, "has control characters; write it on one line");
    }
    return text;
  }

  public Optional<Secret> secret(String name) {
    return text(name).map(Secret::new);
  }

  /// A variable that must be there.
  ///
  /// @param because of what it is needed, to be read after "is missing"
  public String required(String name, String because) {
    return text(name).orElseThrow(() -> missing(name, because));
  }

  /// A secret that must be there.
  public Secret requiredSecret(String name, String because) {
    return new Secret(required(name, because));
  }

  /// An integer.
  ///
  /// @param otherwise what an absent variable means
  public long integer(String name, long min, long max, long otherwise) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      long value = Long.parseLong(text.get());
      if (min <= value && value <= max) {
        return value;
      }
    } catch (NumberFormatException _) {
      // Refused below, like a number out of bounds.
    }
    throw new SettingRefused(name, "must be an integer from %d to %d".formatted(min, max));
  }

  /// The address of an HTTP service: `https`, or `http` on loopback, since a token in clear text is
  /// everybody's. Without the slash at its end.
  ///
  /// @param otherwise what an absent variable means
  public URI service(String name, String otherwise) {
    String text = text(name).orElse(otherwise);
    URI uri = uri(name, text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    boolean isOther = uri.getRawQuery() != null || uri.getRawFragment() != null;
    if (uri.getHost() == null || uri.getRawUserInfo() != null || isOther) {
      throw new SettingRefused(name, "must be like https://host/path, without user or query");
    }
    if (!scheme.equals("https") && !(scheme.equals("http") && isLoopback(uri.getHost()))) {
      throw new SettingRefused(name, "must begin with https://; http:// is for loopback only");
    }
    return uri;
  }

  /// Reads an address. What stands in it is not repeated, since it may hold a password.
  public static URI uri(String name, String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      throw new SettingRefused(name, "is no URI; percent-encode what is unusual in it");
    }
  }

  /// Whether `host`, as it is written, is this very host.
  public static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals("[::1]")
        || name.equals("::1")
        || name.matches("127(\\.\\d{1,3}){3}");
  }

  private static SettingRefused missing(String name, String because) {
    return new SettingRefused(name, "is missing: " + because);
  }
}
