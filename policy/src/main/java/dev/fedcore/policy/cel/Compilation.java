package dev.fedcore.policy.cel;

import java.util.List;

/// What came of compiling one expression.
public sealed interface Compilation {

  /// It may be evaluated.
  record Compiled(CelExpression expression) implements Compilation {}

  /// It may not.
  ///
  /// @param sentences what is wrong, each with line and column inside the expression
  record Faulty(List<String> sentences) implements Compilation {
    public Faulty {
      sentences = List.copyOf(sentences);
    }
  }
}
