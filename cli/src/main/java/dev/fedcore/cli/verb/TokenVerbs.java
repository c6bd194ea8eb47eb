package dev.fedcore.cli.verb;

import dev.fedcore.cli.client.JsonView;
import dev.fedcore.cli.secret.ApiKey;
import dev.fedcore.cli.secret.KeyRing;
import dev.fedcore.cli.secret.SdkToken;
import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import dev.fedcore.cli.terminal.Surroundings;
import dev.fedcore.cli.terminal.Table;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.kernel.identity.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fedcore token …`: bearer tokens and API keys.
@Command(name = "token", description = "Make bearer tokens; create, list and revoke API keys.")
final class TokenVerbs {

  private static final String DATA = "The server's data directory; ./data if not said.";

  private final Surroundings surroundings;
  private final Fedcore fedcore;

  TokenVerbs(Surroundings surroundings, Fedcore fedcore) {
    this.surroundings = surroundings;
    this.fedcore = fedcore;
  }

  @Command(description = "Mint a bearer token in the SDK's form, signed with $SECRET_KEY.")
  int mint(
      @Option(
              names = "--server-id",
              paramLabel = "ID",
              defaultValue = "fedcore-cli",
              description = "Who it is for; fedcore-cli if not said.")
          String serverId,
      @Option(
              names = "--scope",
              paramLabel = "SCOPE",
              split = ",",
              defaultValue = "workflow:read,workflow:write,gate:read,gate:write",
              description = "What it allows; workflow and gate, read and write, if not said.")
          List<String> scopes,
      @Option(names = "--as", paramLabel = "ACTOR", description = "Whose actions it makes.")
          Optional<String> actor,
      @Option(names = "--of", paramLabel = "TENANT", description = "Whose runs.")
          Optional<String> tenant,
      @Option(
              names = "--seconds",
              paramLabel = "N",
              defaultValue = "3600",
              description = "How long it is good; 3600 if not said.")
          long seconds) {
    String secret =
        surroundings
            .variable("SECRET_KEY")
            .orElseThrow(
                () -> new Failure(ExitCode.CONFIGURATION, "set SECRET_KEY to the server's secret"));
    var token = new SdkToken(serverId, scopes, actor, tenant, Duration.ofSeconds(seconds));
    String text = token.mint(secret, surroundings.clock().instant(), surroundings.random());
    if (fedcore.json()) {
      surroundings.terminal().json(JsonObject.builder().put("token", text).build());
    } else {
      surroundings.terminal().line(text);
    }
    return ExitCode.OK.number();
  }

  @Command(description = "Create an API key in the data directory's keys.json; shown once.")
  int key(
      @Option(names = "--for", required = true, paramLabel = "ACTOR", description = "Whose it is.")
          String actor,
      @Option(
              names = "--role",
              required = true,
              split = ",",
              paramLabel = "ROLE",
              description = "viewer, operator, approver, executor, auditor or admin.")
          List<String> roles,
      @Option(
              names = "--of",
              paramLabel = "TENANT",
              defaultValue = "default",
              description = "Whose runs; default if not said.")
          String tenant,
      @Option(
              names = "--days",
              paramLabel = "N",
              defaultValue = "90",
              description = "How long it is good; 90 if not said.")
          int days,
      @Option(names = "--data", paramLabel = "DIR", defaultValue = "data", description = DATA)
          Path data) {
    ApiKey key = ApiKey.draw(surroundings.random());
    Instant expires = surroundings.clock().instant().plus(Duration.ofDays(days));
    List<Role> known = roles.stream().map(TokenVerbs::role).toList();
    KeyRing.in(surroundings.resolve(data)).add(key.entry(actor, tenant, known, expires));
    if (fedcore.json()) {
      surroundings
          .terminal()
          .json(JsonObject.builder().put("id", key.id()).put("key", key.text()).build());
    } else {
      surroundings.terminal().line(key.text());
      surroundings.terminal().progress("keep it now: only its hash is stored, under " + key.id());
    }
    return ExitCode.OK.number();
  }

  @Command(description = "List API keys; their texts are not kept anywhere.")
  int list(
      @Option(names = "--data", paramLabel = "DIR", defaultValue = "data", description = DATA)
          Path data) {
    List<JsonObject> entries = KeyRing.in(surroundings.resolve(data)).entries();
    if (fedcore.json()) {
      var keys = new JsonArray(List.copyOf(entries));
      surroundings.terminal().json(JsonObject.builder().put("keys", keys).build());
      return ExitCode.OK.number();
    }
    var table = new Table("KEY", "ACTOR", "TENANT", "ROLES", "EXPIRES");
    for (JsonObject entry : entries) {
      var key = new JsonView(entry);
      table.row(
          key.text("id"),
          key.text("actor"),
          key.text("tenant"),
          key.joined("roles"),
          key.text("expires_at"));
    }
    table.print(surroundings.terminal());
    return ExitCode.OK.number();
  }

  @Command(description = "Revoke an API key; a running server notices.")
  int revoke(
      @Parameters(paramLabel = "KEY", description = "The key's id, as listed.") String id,
      @Option(names = "--data", paramLabel = "DIR", defaultValue = "data", description = DATA)
          Path data) {
    if (!KeyRing.in(surroundings.resolve(data)).revoke(id)) {
      throw new Failure(ExitCode.FAILED, "there is no key " + id + "; see fedcore token list");
    }
    surroundings.terminal().progress("revoked " + id);
    return ExitCode.OK.number();
  }

  private static Role role(String word) {
    try {
      return Role.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException _) {
      throw new Failure(
          ExitCode.USAGE,
          "\"%s\" is no role; there are viewer, operator, approver, executor, auditor and admin"
              .formatted(word));
    }
  }
}
