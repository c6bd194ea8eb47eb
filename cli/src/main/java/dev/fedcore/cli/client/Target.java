package dev.fedcore.cli.client;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import java.net.URI;
import java.util.Optional;

/// Which server to ask, and as whom.
///
/// @param url of the server, without a slash at its end
/// @param token a bearer token or API key, if there is one
/// @param actor sent as `X-Actor-Id`, if there is one
/// @param tenant sent as `X-Tenant-Id`, if there is one
public record Target(
    String url, Optional<String> token, Optional<String> actor, Optional<String> tenant) {

  /// Where a server listens that nobody told otherwise.
  public static final String DEFAULT_URL = "http://127.0.0.1:9405";

  public Target {
    url = url.replaceFirst("/+$", "");
    if (!isHttp(url)) {
      throw new Failure(
          ExitCode.USAGE, "\"" + url + "\" is no server address; give one like " + DEFAULT_URL);
    }
  }

  /// The same server, asked by somebody else.
  public Target as(String otherActor) {
    return new Target(url, token, Optional.of(otherActor), tenant);
  }

  private static boolean isHttp(String url) {
    try {
      URI uri = URI.create(url);
      return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
          && uri.getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
