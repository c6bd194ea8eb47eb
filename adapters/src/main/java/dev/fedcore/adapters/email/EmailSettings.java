package dev.fedcore.adapters.email;

import dev.fedcore.adapters.settings.Secret;
import dev.fedcore.adapters.settings.SettingRefused;
import dev.fedcore.adapters.settings.Variables;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where e-mail is handed in, and as whom. `docs/adapters.md` lists the variables.
///
/// @param from the sender's bare address, which is the envelope's too
public record EmailSettings(
    String host, int port, Protection protection, Optional<Login> login, String from) {

  /// Message submission (RFC 6409), and the same within TLS (RFC 8314).
  private static final int SUBMISSION_PORT = 587;

  private static final int TLS_PORT = 465;
  private static final int PORT_MAX = 65_535;

  private static final String URL = "SMTP_URL";
  private static final String HOST = "SMTP_HOST";
  private static final String PORT = "SMTP_PORT";
  private static final String TLS = "SMTP_TLS";
  private static final String USER = "SMTP_USER";
  private static final String PASSWORD = "SMTP_PASSWORD";
  private static final String FROM = "SMTP_FROM";

  /// How the connection is kept from others' eyes.
  public enum Protection {
    /// TLS from the first byte.
    IMPLICIT,
    /// TLS before anything else is said; a server that does not offer it is refused.
    STARTTLS,
    /// None: on loopback only.
    NONE
  }

  /// Who hands in.
  public record Login(String user, Secret password) {}

  /// Reads the settings; empty when there are none at all.
  ///
  /// @throws SettingRefused if they are there by half, or make no sense
  public static Optional<EmailSettings> from(Map<String, String> environment) {
    var variables = new Variables(environment);
    if (!variables.hasAny(List.of(URL, HOST, PORT, TLS, USER, PASSWORD, FROM))) {
      return Optional.empty();
    }
    Optional<String> url = variables.text(URL);
    if (url.isEmpty()) {
      return Optional.of(fromParts(variables));
    }
    for (String other : List.of(HOST, PORT, TLS, USER, PASSWORD)) {
      if (variables.text(other).isPresent()) {
        throw new SettingRefused(other, "says what SMTP_URL says already; remove one of them");
      }
    }
    return Optional.of(fromUrl(Variables.uri(URL, url.get()), sender(variables)));
  }

  private static EmailSettings fromParts(Variables variables) {
    String host = variables.required(HOST, "name the server that takes e-mail in");
    int port = (int) variables.integer(PORT, 1, PORT_MAX, SUBMISSION_PORT);
    return new EmailSettings(
        host, port, protection(variables, host, port), login(variables), sender(variables));
  }

  private static Protection protection(Variables variables, String host, int port) {
    Optional<String> text = variables.text(TLS).map(t -> t.toUpperCase(Locale.ROOT));
    if (text.isEmpty()) {
      return usual(host, port == TLS_PORT);
    }
    Protection protection =
        switch (text.get()) {
          case "IMPLICIT" -> Protection.IMPLICIT;
          case "STARTTLS" -> Protection.STARTTLS;
          case "NONE" -> Protection.NONE;
          default -> throw new SettingRefused(TLS, "must be one of implicit, starttls, none");
        };
    if (protection == Protection.NONE && !Variables.isLoopback(host)) {
      throw new SettingRefused(TLS, "may be none on loopback only; use starttls or implicit");
    }
    return protection;
  }

  private static Protection usual(String host, boolean isTlsPort) {
    if (isTlsPort) {
      return Protection.IMPLICIT;
    }
    return Variables.isLoopback(host) ? Protection.NONE : Protection.STARTTLS;
  }

  private static Optional<Login> login(Variables variables) {
    if (!variables.hasAny(List.of(USER, PASSWORD))) {
      return Optional.empty();
    }
    return Optional.of(
        new Login(
            variables.required(USER, "SMTP_PASSWORD is set; set both or neither"),
            variables.requiredSecret(PASSWORD, "SMTP_USER is set; set both or neither")));
  }

  private static EmailSettings fromUrl(URI url, String from) {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    boolean isTls = scheme.equals("smtps");
    boolean isBare = url.getRawPath().isEmpty() || url.getRawPath().equals("/");
    if (url.getHost() == null || !isBare || !(isTls || scheme.equals("smtp"))) {
      throw new SettingRefused(URL, "must be like smtps://user:password@host:465, or smtp://host");
    }
    int usualPort = isTls ? TLS_PORT : SUBMISSION_PORT;
    return new EmailSettings(
        url.getHost(),
        url.getPort() < 0 ? usualPort : url.getPort(),
        usual(url.getHost(), isTls),
        Optional.ofNullable(url.getRawUserInfo()).map(EmailSettings::login),
        from);
  }

  private static Login login(String userInfo) {
    String[] parts = userInfo.split(":", 2);
    if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw new SettingRefused(URL, "has a user without a password; write user:password@host");
    }
    return new Login(decoded(parts[0]), new Secret(decoded(parts[1])));
  }

  private static String decoded(String part) {
    return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static String sender(Variables variables) {
    String from = variables.required(FROM, "name the address that e-mail comes from");
    if (!EmailParameters.isBareAddress(from)) {
      throw new SettingRefused(
          FROM, "must be one address such as robot@example.com, without a name");
    }
    return from;
  }
}
