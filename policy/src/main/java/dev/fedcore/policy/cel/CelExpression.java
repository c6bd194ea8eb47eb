package dev.fedcore.policy.cel;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.Program;
import java.util.Set;

/// One compiled expression. Immutable; for any number of threads at once.
public final class CelExpression {

  private final Program program;
  private final Set<String> variables;

  CelExpression(Program program, Set<String> variables) {
    this.program = program;
    this.variables = Set.copyOf(variables);
  }

  /// The names of the declared variables that this reads.
  public Set<String> variables() {
    return variables;
  }

  /// The value of a condition.
  ///
  /// @throws CelFault when there is none
  public boolean test(Variables values) throws CelFault {
    if (evaluate(values) instanceof Boolean answer) {
      return answer;
    }
    throw new CelFault("it is no boolean");
  }

  /// The value of a text.
  ///
  /// @throws CelFault when there is none
  public String text(Variables values) throws CelFault {
    if (evaluate(values) instanceof String answer) {
      return answer;
    }
    throw new CelFault("it is no text");
  }

  private Object evaluate(Variables values) throws CelFault {
    try {
      return program.eval(values::find);
    } catch (CelEvaluationException e) {
      throw new CelFault(sentence(e.getErrorCode()));
    } catch (StackOverflowError _) {
      throw new CelFault("it is nested too deeply");
    }
  }

  /// The library's own words may hold values and class names, so they go no further.
  private static String sentence(CelErrorCode code) {
    return switch (code) {
      case ATTRIBUTE_NOT_FOUND -> "a value it needs is missing";
      case INDEX_OUT_OF_BOUNDS -> "an index is outside its list";
      case DIVIDE_BY_ZERO -> "it divides by zero";
      case NUMERIC_OVERFLOW -> "a number overflows";
      case ITERATION_BUDGET_EXCEEDED ->
          "it takes more than %,d iterations".formatted(CelEnvironment.ITERATIONS_MAX);
      case OVERLOAD_NOT_FOUND, AMBIGUOUS_OVERLOAD, TYPE_NOT_FOUND -> "a value has the wrong type";
      case BAD_FORMAT, INVALID_ARGUMENT -> "a value has the wrong form";
      case DUPLICATE_ATTRIBUTE -> "a key stands twice";
      case INTERNAL_ERROR -> "it failed";
    };
  }
}
