package dev.fedcore.cli.verb;

import dev.fedcore.cli.client.FedcoreClient;
import dev.fedcore.cli.client.Target;
import dev.fedcore.cli.terminal.Surroundings;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// Which server to ask, and as whom: options of every verb that asks one.
final class ServerOptions {

  private static final int ACTOR_LENGTH_MAX = 128;

  @Option(
      names = "--url",
      scope = ScopeType.INHERIT,
      paramLabel = "URL",
      description = "The server; else $FEDCORE_URL, else http://127.0.0.1:9405.")
  private Optional<String> url = Optional.empty();

  @Option(
      names = "--token",
      scope = ScopeType.INHERIT,
      paramLabel = "TOKEN",
      description = "A bearer token or API key; else $FEDCORE_TOKEN.")
  private Optional<String> token = Optional.empty();

  @Option(
      names = "--actor",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description = "Who asks; else $FEDCORE_ACTOR, else your user name unless a token says it.")
  private Optional<String> actor = Optional.empty();

  @Option(
      names = "--tenant",
      scope = ScopeType.INHERIT,
      paramLabel = "NAME",
      description = "Whose runs; else what the token or the server says.")
  private Optional<String> tenant = Optional.empty();

  FedcoreClient connect(Surroundings surroundings) {
    return new FedcoreClient(target(surroundings));
  }

  Target target(Surroundings surroundings) {
    Optional<String> key = token.or(() -> surroundings.variable("FEDCORE_TOKEN"));
    Optional<String> said = actor.or(() -> surroundings.variable("FEDCORE_ACTOR"));
    Optional<String> user =
        key.isPresent() ? Optional.empty() : Optional.of(safe(surroundings.userName()));
    return new Target(
        givenUrl(surroundings).orElse(Target.DEFAULT_URL), key, said.or(() -> user), tenant);
  }

  /// The server that was named, if one was.
  Optional<String> givenUrl(Surroundings surroundings) {
    return url.or(() -> surroundings.variable("FEDCORE_URL"));
  }

  /// A user name in the letters that an actor may have.
  static String safe(String userName) {
    String letters = userName.replaceAll("[^A-Za-z0-9_.-]", "_");
    return letters.isEmpty()
        ? "anonymous"
        : letters.substring(0, Math.min(letters.length(), ACTOR_LENGTH_MAX));
  }
}
