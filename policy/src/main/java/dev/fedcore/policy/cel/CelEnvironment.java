package dev.fedcore.policy.cel;

import dev.cel.bundle.Cel;
import dev.cel.bundle.CelBuilder;
import dev.cel.bundle.CelFactory;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.navigation.CelNavigableAst;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.AstDepthLimitValidator;
import dev.cel.validator.validators.HomogeneousLiteralValidator;
import dev.cel.validator.validators.RegexLiteralValidator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Compiles expressions against one closed set of typed variables: an unknown name or a type error
/// does not compile. Build one for each bundle; not for several threads.
///
/// The library's limits are off by default; here all of them are on.
public final class CelEnvironment {

  /// The longest expression, in code points. A condition that needs more is several rules.
  public static final int CODE_POINTS_MAX = 4_096;

  /// How deep an expression is nested, which also bounds the stack that evaluating it takes.
  public static final int DEPTH_MAX = 32;

  /// How often all loops of one evaluation go round together. Two nested loops over a hundred items
  /// fit; over two thousand they took seconds without this limit.
  public static final int ITERATIONS_MAX = 10_000;

  /// The largest compiled regular expression, in instructions. `a{1000}` has a thousand.
  public static final int REGEX_PROGRAM_MAX = 1_000;

  /// The largest regular expression that is compiled at all, to find out its true size. A hundred
  /// times [#REGEX_PROGRAM_MAX], so that the estimate refuses nothing that would fit.
  private static final long REGEX_SIZE_MAX = 100L * REGEX_PROGRAM_MAX;

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .maxExpressionCodePointSize(CODE_POINTS_MAX)
          .maxParseRecursionDepth(DEPTH_MAX)
          .comprehensionMaxIterations(ITERATIONS_MAX)
          .maxRegexProgramSize(REGEX_PROGRAM_MAX)
          .enableHeterogeneousNumericComparisons(true)
          .build();

  private final Cel conditions;
  private final Cel texts;
  private final Set<String> declared;

  private CelEnvironment(Cel conditions, Cel texts, Set<String> declared) {
    this.conditions = conditions;
    this.texts = texts;
    this.declared = declared;
  }

  /// An environment in which exactly these variables exist.
  public static CelEnvironment of(Map<String, InputType> variables) {
    return new CelEnvironment(
        build(variables, SimpleType.BOOL),
        build(variables, SimpleType.STRING),
        Set.copyOf(variables.keySet()));
  }

  /// Compiles an expression that answers yes or no.
  public Compilation condition(String source) {
    return compile(conditions, source);
  }

  /// Compiles an expression that makes a text.
  public Compilation text(String source) {
    return compile(texts, source);
  }

  /// A fresh builder each time: options set later on a shared one leak into what it built before.
  private static Cel build(Map<String, InputType> variables, CelType result) {
    CelBuilder builder =
        CelFactory.plannerCelBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .setStandardFunctions(Patterns.STANDARD_WITHOUT)
            .addFunctionBindings(new Patterns(REGEX_PROGRAM_MAX).bindings())
            .setResultType(result);
    variables.forEach((name, type) -> builder.addVar(name, celType(type)));
    return builder.build();
  }

  private static CelType celType(InputType type) {
    return switch (type) {
      case STRING -> SimpleType.STRING;
      case INT -> SimpleType.INT;
      case BOOL -> SimpleType.BOOL;
      case STRINGS -> ListType.create(SimpleType.STRING);
      case INTS -> ListType.create(SimpleType.INT);
    };
  }

  private Compilation compile(Cel cel, String source) {
    try {
      CelAbstractSyntaxTree tree = cel.compile(source).getAst();
      if (hasHugePattern(tree)) {
        return new Compilation.Faulty(
            List.of("a regular expression repeats too much; repeat less, or not one in another"));
      }
      var sentences = new ArrayList<>(invalid(cel, tree));
      if (hasComputedPattern(tree)) {
        sentences.add("a regular expression must be a literal, not a computed text");
      }
      if (!sentences.isEmpty()) {
        return new Compilation.Faulty(sentences);
      }
      return new Compilation.Compiled(new CelExpression(cel.createProgram(tree), variables(tree)));
    } catch (CelValidationException e) {
      return new Compilation.Faulty(sentences(e.getErrors()));
    } catch (CelEvaluationException e) {
      return new Compilation.Faulty(List.of("cannot be planned: " + e.getMessage()));
    }
  }

  private static List<String> invalid(Cel cel, CelAbstractSyntaxTree tree) {
    CelValidator validator =
        CelValidatorFactory.standardCelValidatorBuilder(cel)
            .addAstValidators(
                AstDepthLimitValidator.newInstance(DEPTH_MAX),
                HomogeneousLiteralValidator.newInstance(),
                RegexLiteralValidator.INSTANCE)
            .build();
    CelValidationResult result = validator.validate(tree);
    return result.hasError() ? sentences(result.getErrors()) : List.of();
  }

  private static List<String> sentences(List<CelIssue> issues) {
    return issues.stream()
        .map(issue ->
            "line %d, column %d: %s"
                .formatted(
                    issue.getSourceLocation().getLine(),
                    issue.getSourceLocation().getColumn() + 1,
                    inOurWords(issue.getMessage())))
        .toList();
  }

  /// Without the library's list of candidates, which is long and in no order.
  private static String inOurWords(String message) {
    if (message.equals("expression does not select a field")) {
      return "has() is not for inputs; give the input a default instead";
    }
    int candidates = message.indexOf(" (candidates: ");
    return candidates < 0 ? message : message.substring(0, candidates);
  }

  /// A pattern out of the input would let whoever sends the input choose the work.
  private static boolean hasComputedPattern(CelAbstractSyntaxTree tree) {
    return patterns(tree).anyMatch(pattern -> !isLiteral(pattern));
  }

  /// Compiling is what would take the memory, so it is found out before.
  private static boolean hasHugePattern(CelAbstractSyntaxTree tree) {
    return patterns(tree)
        .filter(CelEnvironment::isLiteral)
        .map(pattern -> pattern.constant().stringValue())
        .anyMatch(pattern -> PatternSize.of(pattern) > REGEX_SIZE_MAX);
  }

  private static Stream<CelExpr> patterns(CelAbstractSyntaxTree tree) {
    return CelNavigableAst.fromAst(tree)
        .getRoot()
        .allNodes()
        .map(node -> node.expr())
        .filter(expr -> expr.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL)
        .map(CelExpr::call)
        .filter(call -> call.function().equals("matches"))
        .map(call -> call.args().getLast());
  }

  private static boolean isLiteral(CelExpr expr) {
    return expr.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT;
  }

  private Set<String> variables(CelAbstractSyntaxTree tree) {
    return tree.getReferenceMap().values().stream()
        .map(CelReference::name)
        .filter(declared::contains)
        .collect(Collectors.toUnmodifiableSet());
  }
}
