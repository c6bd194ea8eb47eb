package dev.fedcore.http;

import dev.fedcore.kernel.identity.Role;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Who may use a route.
public sealed interface Access {

  /// Everybody, without credentials: what a load balancer, a scraper or a newcomer reads.
  record Open() implements Access {}

  /// Everybody while the server listens on loopback only; otherwise like `otherwise`.
  record OpenOnLoopback(Needs otherwise) implements Access {}

  /// A principal with any of these roles, or a token with this scope.
  ///
  /// @param scope without one, no token will do: only an API key's roles
  record Needs(Set<Role> anyOf, Optional<String> scope) implements Access {
    public Needs {
      anyOf = Set.copyOf(anyOf);
    }
  }

  /// Any of `first` and `rest`, or a token with `scope`.
  static Needs needs(String scope, Role first, Role... rest) {
    return new Needs(EnumSet.of(first, rest), Optional.of(scope));
  }

  /// Any of `first` and `rest`; no token.
  static Needs keyOnly(Role first, Role... rest) {
    return new Needs(EnumSet.of(first, rest), Optional.empty());
  }

  /// Every role reads, and a token with `scope`.
  static Needs readers(String scope) {
    return new Needs(EnumSet.allOf(Role.class), Optional.of(scope));
  }
}
