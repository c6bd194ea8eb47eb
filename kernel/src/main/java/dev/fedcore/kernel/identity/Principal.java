package dev.fedcore.kernel.identity;

import java.util.Set;

/// Who acts, for which tenant, in which roles. Comes from authentication, never from a body.
///
/// @param actor the name that stands in the audit trail; 1 to 128 visible ASCII characters
public record Principal(String actor, TenantId tenant, Set<Role> roles) {

  /// The longest actor name, in characters.
  public static final int ACTOR_LENGTH_MAX = 128;

  /// What no name begins with: what stands for names in hashed documents does.
  public static final String SEALED_PREFIX = "sealed:";

  /// The name of everybody who gave none. May not vote.
  public static final String ANONYMOUS = "anonymous";

  /// The name under which Federation Core acts of its own accord: it runs managed steps and expires
  /// gates.
  public static final String SYSTEM = "fedcore";

  public Principal {
    if (!isActorName(actor)) {
      throw new IllegalArgumentException(
          "an actor has 1 to 128 visible ASCII characters and does not begin with sealed:");
    }
    roles = Set.copyOf(roles);
  }

  /// Federation Core itself, acting for `tenant`.
  public static Principal system(TenantId tenant) {
    return new Principal(SYSTEM, tenant, Set.of());
  }

  public boolean isAnonymous() {
    return actor.equals(ANONYMOUS);
  }

  /// Whether `text` can be an actor's name.
  public static boolean isActorName(String text) {
    return !text.isEmpty()
        && text.length() <= ACTOR_LENGTH_MAX
        && !text.startsWith(SEALED_PREFIX)
        && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
