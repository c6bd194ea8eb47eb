package dev.fedcore.http;

import java.util.Locale;

/// A kind of problem. The name is the contract: the type's URI, the code and the title are made
/// from it, so no two kinds can share one. Implemented by enums, one a service.
public interface ProblemType {

  /// Such as `UNKNOWN_RUN`.
  String name();

  /// The HTTP status, the same wherever the kind occurs.
  int status();

  /// Such as `unknown-run`: the last part of the type's URI.
  default String slug() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Such as `UNKNOWN_RUN`, for programs.
  default String code() {
    return name();
  }

  /// Such as `Unknown run`, for people.
  default String title() {
    String words = name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
