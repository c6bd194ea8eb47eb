package dev.fedcore.server.identity;

import dev.fedcore.http.Access;
import dev.fedcore.http.Authentication;
import dev.fedcore.http.Incoming;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.identity.TenantId;
import java.util.EnumSet;
import java.util.Set;

/// Believes whatever a request says: for one machine's own processes, and only while the server
/// listens on loopback. Everybody has every role.
public final class TrustedLoopback implements Authentication {

  private static final Set<Role> ALL_ROLES = Set.copyOf(EnumSet.allOf(Role.class));

  @Override
  public Principal authenticate(Incoming incoming, Access access) {
    var stated = StatedIdentity.of(incoming);
    return new Principal(
        stated.actor().orElse(Principal.ANONYMOUS),
        stated.tenant().orElse(TenantId.DEFAULT),
        ALL_ROLES);
  }
}
