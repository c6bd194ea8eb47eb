package dev.fedcore.policy;

import dev.fedcore.evidence.json.MalformedInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Collects what is wrong and what is doubtful while a bundle is read, so that an author sees all
/// of it at once. Not for several threads.
final class Findings {

  private final List<Problem> problems = new ArrayList<>();
  private final List<Problem> warnings = new ArrayList<>();

  /// What `read` gives, or nothing when the input is malformed, which is then a problem.
  <T> Optional<T> attempt(Supplier<T> read) {
    try {
      return Optional.of(read.get());
    } catch (MalformedInput e) {
      problem(e.pointer(), e.problem());
      return Optional.empty();
    }
  }

  void problem(String pointer, String sentence) {
    problems.add(new Problem(pointer, sentence));
  }

  void warning(String pointer, String sentence) {
    warnings.add(new Problem(pointer, sentence));
  }

  boolean clean() {
    return problems.isEmpty();
  }

  List<Problem> problems() {
    return List.copyOf(problems);
  }

  List<Problem> warnings() {
    return List.copyOf(warnings);
  }
}
