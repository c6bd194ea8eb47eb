package dev.fedcore.server;

import dev.fedcore.http.Authentication;
import dev.fedcore.server.identity.ApiKeys;
import dev.fedcore.server.identity.Credentials;
import dev.fedcore.server.identity.KeyFile;
import dev.fedcore.server.identity.KeysRefused;
import dev.fedcore.server.identity.SdkTokens;
import dev.fedcore.server.identity.TrustedLoopback;
import java.time.InstantSource;

/// How the server finds out who asks: chosen once, at start, from what is configured.
///
/// @param mode as `GET /health` shows it
/// @param keys those of `keys.json`, followed while the server runs
record Identity(String mode, Authentication authentication, ApiKeys keys) {

  private static final String TRUSTED = "trusted-loopback";
  private static final String AUTHENTICATED = "authenticated";

  /// Chooses.
  ///
  /// @throws StartRefused if others than this machine could reach a server that knows nobody
  static Identity of(ServerConfig config, InstantSource clock) {
    ApiKeys keys = keys(config);
    if (config.secretKey().isPresent() || !keys.isEmpty()) {
      return new Identity(
          AUTHENTICATED,
          new Credentials(
              config.secretKey().map(Identity::tokens), keys, config.isLoopback(), clock),
          keys);
    }
    if (!config.isLoopback()) {
      throw new StartRefused(
          "%s is not loopback, and neither SECRET_KEY nor %s says who may ask: "
              .concat("set one, or listen on 127.0.0.1")
              .formatted(config.host(), KeyFile.NAME));
    }
    return new Identity(TRUSTED, new TrustedLoopback(), keys);
  }

  /// Whether everybody is believed to be whoever they say.
  boolean isTrusting() {
    return mode.equals(TRUSTED);
  }

  /// One line for the operator.
  String sentence() {
    return isTrusting()
        ? "identity: trusted-loopback, every local process is believed to be whoever it says"
        : "identity: authenticated, by token or API key";
  }

  private static ApiKeys keys(ServerConfig config) {
    try {
      return ApiKeys.open(config.data().resolve(KeyFile.NAME));
    } catch (KeysRefused refused) {
      throw new StartRefused(refused.sentence());
    }
  }

  private static SdkTokens tokens(String secret) {
    try {
      return new SdkTokens(secret);
    } catch (IllegalArgumentException e) {
      throw new StartRefused(e.getMessage() + "; use a longer one");
    }
  }
}
