package dev.fedcore.policy.cel;

import java.util.Optional;

/// Where an expression finds its variables: a look-up, never a copy, since an expression reads few
/// of many.
@FunctionalInterface
public interface Variables {

  /// The value of a declared variable: `String`, `Long`, `Boolean`, or a `List` of one of the first
  /// two, as its type says.
  ///
  /// Empty means that there is none, which is a fault. CEL itself may forget a fault (`fault ||
  /// true` is true), so whoever asked remembers it.
  Optional<Object> find(String name);
}
