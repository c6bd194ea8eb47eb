package dev.fedcore.pillars.bucket;

import dev.fedcore.http.Access;
import dev.fedcore.http.Authentication;
import dev.fedcore.http.Incoming;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.identity.TenantId;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/// Two ways to find out who asks, as the server has them: believing the header, and knowing names
/// and roles. The second stands for keys; here the header `X-Test-Key` is `name:role`.
final class Asking {

  private Asking() {}

  static Authentication trusting() {
    return (incoming, _) ->
        principal(
            incoming,
            incoming.header("X-Actor-Id").orElse(Principal.ANONYMOUS),
            EnumSet.allOf(Role.class));
  }

  static Authentication knowing() {
    return Asking::known;
  }

  private static Principal known(Incoming incoming, Access access) {
    String[] key = incoming.header("X-Test-Key").orElse("nobody:viewer").split(":", 2);
    return principal(incoming, key[0], EnumSet.of(Role.valueOf(key[1].toUpperCase(Locale.ROOT))));
  }

  private static Principal principal(Incoming incoming, String actor, Set<Role> roles) {
    TenantId tenant = incoming.header("X-Tenant-Id").map(TenantId::new).orElse(TenantId.DEFAULT);
    return new Principal(actor, tenant, roles);
  }
}
