package dev.fedcore.server.identity;

import dev.fedcore.http.Incoming;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.TenantId;
import java.util.Optional;

/// Who a request says it comes from, in its `X-Actor-Id` and `X-Tenant-Id` headers.
record StatedIdentity(Optional<String> actor, Optional<TenantId> tenant) {

  private static final String ACTOR = "X-Actor-Id";
  private static final String TENANT = "X-Tenant-Id";

  /// Reads both headers.
  ///
  /// @throws ProblemFound 400 if a header cannot be a name
  static StatedIdentity of(Incoming incoming) {
    return new StatedIdentity(
        incoming.header(ACTOR).map(StatedIdentity::actor),
        incoming.header(TENANT).map(StatedIdentity::tenant));
  }

  /// Refuses a request that says it comes from somebody else.
  ///
  /// @throws ProblemFound 403 if a header differs
  void mustAgreeWith(String realActor, TenantId realTenant) {
    if (actor.isPresent() && !actor.get().equals(realActor)) {
      throw mismatch(ACTOR);
    }
    if (tenant.isPresent() && !tenant.get().equals(realTenant)) {
      throw mismatch(TENANT);
    }
  }

  private static String actor(String text) {
    if (!Principal.isActorName(text)) {
      throw malformed(
          ACTOR, "has 1 to 128 visible ASCII characters and does not begin with sealed:");
    }
    return text;
  }

  private static TenantId tenant(String text) {
    try {
      return new TenantId(text);
    } catch (IllegalArgumentException _) {
      throw malformed(TENANT, "has 1 to 64 letters, digits, '_', '.' or '-'");
    }
  }

  private static ProblemFound malformed(String header, String rule) {
    return new ProblemFound(
        Problem.of(ProblemKind.MALFORMED_HEADER, "the header " + header + " " + rule));
  }

  private static ProblemFound mismatch(String header) {
    return new ProblemFound(
        Problem.of(
            ProblemKind.IDENTITY_MISMATCH,
            "the header " + header + " names somebody else than the credentials; leave it out"));
  }
}
