package dev.fedcore.server.identity;

import dev.fedcore.http.Access;
import dev.fedcore.http.Authentication;
import dev.fedcore.http.Incoming;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.identity.TenantId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Takes a bearer token or an API key, and nobody else.
public final class Credentials implements Authentication {

  private static final String BEARER = "bearer ";
  private static final String SPACE = " ";

  private final Optional<SdkTokens> tokens;
  private final ApiKeys keys;
  private final boolean onLoopback;
  private final InstantSource clock;

  /// Asks for one of these.
  ///
  /// @param tokens absent when no secret is configured; then no token is good
  /// @param onLoopback whether only this machine can reach the server
  public Credentials(
      Optional<SdkTokens> tokens, ApiKeys keys, boolean onLoopback, InstantSource clock) {
    this.tokens = tokens;
    this.keys = keys;
    this.onLoopback = onLoopback;
    this.clock = clock;
  }

  @Override
  public Principal authenticate(Incoming incoming, Access access) {
    return switch (access) {
      case Access.Open _ -> nobody();
      case Access.OpenOnLoopback(Access.Needs otherwise) ->
          onLoopback ? nobody() : identified(incoming, otherwise);
      case Access.Needs needs -> identified(incoming, needs);
    };
  }

  private static Principal nobody() {
    return new Principal(Principal.ANONYMOUS, TenantId.DEFAULT, Set.of());
  }

  private Principal identified(Incoming incoming, Access.Needs needs) {
    String credential = credential(incoming);
    Instant now = clock.instant();
    if (credential.startsWith(SdkTokens.PREFIX)) {
      SdkTokens verifier =
          tokens.orElseThrow(() -> unauthenticated("tokens are not accepted by this server"));
      return byToken(verifier.verify(credential, now), incoming, needs);
    }
    return byKey(
        keys.find(credential, now).orElseThrow(() -> unauthenticated("no such key, or no more")),
        incoming,
        needs);
  }

  private static Principal byToken(SdkTokens.Claims claims, Incoming incoming, Access.Needs needs) {
    var stated = StatedIdentity.of(incoming);
    if (!claims.mayAssertActor()) {
      stated.mustAgreeWith(claims.actor(), claims.tenant());
    }
    if (needs.scope().isEmpty() || !claims.scopes().contains(needs.scope().get())) {
      throw forbidden("a token with the scope " + needs.scope().orElse("of nothing: use a key"));
    }
    return new Principal(
        claims.mayAssertActor() ? stated.actor().orElse(claims.actor()) : claims.actor(),
        claims.mayAssertActor() ? stated.tenant().orElse(claims.tenant()) : claims.tenant(),
        claims.roles());
  }

  private static Principal byKey(Principal owner, Incoming incoming, Access.Needs needs) {
    StatedIdentity.of(incoming).mustAgreeWith(owner.actor(), owner.tenant());
    if (owner.roles().stream().noneMatch(needs.anyOf()::contains)) {
      throw forbidden("one of the roles " + names(needs.anyOf()));
    }
    return owner;
  }

  private static String names(Set<Role> roles) {
    return String.join(
        ", ", roles.stream().map(role -> role.name().toLowerCase(Locale.ROOT)).sorted().toList());
  }

  private static String credential(Incoming incoming) {
    Optional<String> key = incoming.header("X-Api-Key");
    if (key.isPresent()) {
      return key.get().strip();
    }
    String header =
        incoming
            .header("Authorization")
            .orElseThrow(() -> unauthenticated("send Authorization: Bearer, or X-Api-Key"));
    if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
      throw unauthenticated("only the Bearer scheme is spoken here");
    }
    return header.substring(header.indexOf(SPACE)).strip();
  }

  static ProblemFound unauthenticated(String detail) {
    return new ProblemFound(
        Problem.of(ProblemKind.UNAUTHENTICATED, detail)
            .withHeader("WWW-Authenticate", "Bearer realm=\"fedcore\""));
  }

  private static ProblemFound forbidden(String needed) {
    return new ProblemFound(Problem.of(ProblemKind.FORBIDDEN, "this needs " + needed));
  }
}
