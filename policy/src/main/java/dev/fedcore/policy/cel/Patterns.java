package dev.fedcore.policy.cel;

import com.google.re2j.Pattern;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.runtime.CelStandardFunctions.StandardFunction;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// `matches`, with each pattern compiled once instead of at every call. Patterns are literals, so
/// there are as many as a bundle's text holds. For any number of threads at once.
final class Patterns {

  /// CEL's own functions but this one.
  static final CelStandardFunctions STANDARD_WITHOUT =
      CelStandardFunctions.newBuilder().excludeFunctions(StandardFunction.MATCHES).build();

  private final int programMax;
  private final Map<String, Pattern> compiled = new ConcurrentHashMap<>();

  /// @param programMax the largest compiled pattern, in instructions
  Patterns(int programMax) {
    this.programMax = programMax;
  }

  /// The overloads that CEL declares: `matches(text, pattern)` and `text.matches(pattern)`.
  @SuppressWarnings("Immutable") // What is remembered changes no answer.
  Set<CelFunctionBinding> bindings() {
    return CelFunctionBinding.fromOverloads(
        "matches",
        CelFunctionBinding.from("matches", String.class, String.class, this::matches),
        CelFunctionBinding.from("matches_string", String.class, String.class, this::matches));
  }

  private boolean matches(String text, String pattern) {
    return compiled.computeIfAbsent(pattern, this::compile).matcher(text).find();
  }

  private Pattern compile(String source) {
    Pattern pattern = Pattern.compile(source);
    if (pattern.programSize() > programMax) {
      throw new IllegalArgumentException("the pattern takes too many instructions");
    }
    return pattern;
  }
}
