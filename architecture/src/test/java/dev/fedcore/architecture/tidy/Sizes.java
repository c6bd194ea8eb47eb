package dev.fedcore.architecture.tidy;

import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SwitchExpressionTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How long, how wide and how deep a file may be. The numbers are the hard limits; the aim is half.
final class Sizes {

  static final int MAIN_LINES_MAX = 400;
  static final int TEST_LINES_MAX = 500;
  static final int METHOD_LINES_MAX = 60;
  static final int PARAMETERS_MAX = 6;
  static final int NESTING_MAX = 3;
  static final int COLUMNS_MAX = 100;

  /// Files in one package, of one source folder.
  static final int PACKAGE_FILES_MAX = 25;

  private Sizes() {}

  static Stream<Finding> files(Source source) {
    int max = source.isTest() ? TEST_LINES_MAX : MAIN_LINES_MAX;
    int lines = source.lines().size();
    return lines <= max
        ? Stream.empty()
        : Stream.of(
            source.finding(
                1,
                "a file of %d lines, at most %d".formatted(lines, max),
                "find the second idea in it and give it a file of its own"));
  }

  /// Imports and packages cannot be broken, and what stands in a text block is not ours to break.
  static Stream<Finding> columns(Source source) {
    List<String> lines = source.lines();
    Set<Long> quoted = textBlockLines(source);
    return IntStream.range(0, lines.size())
        .filter(i -> lines.get(i).codePointCount(0, lines.get(i).length()) > COLUMNS_MAX)
        .filter(i -> !lines.get(i).startsWith("import ") && !lines.get(i).startsWith("package "))
        .filter(i -> !quoted.contains(i + 1L))
        .mapToObj(i ->
            source.finding(
                i + 1,
                "a line wider than %d columns".formatted(COLUMNS_MAX),
                "break it, or shorten what it says"));
  }

  private static Set<Long> textBlockLines(Source source) {
    var lines = new HashSet<Long>();
    new TreeScanner<@Nullable Void, Set<Long>>() {
      @Override
      public @Nullable Void visitLiteral(LiteralTree literal, Set<Long> found) {
        long first = source.line(literal);
        LongStream.range(first + 1, first + source.lineCount(literal)).forEach(found::add);
        return super.visitLiteral(literal, found);
      }
    }.scan(source.unit(), lines);
    return lines;
  }

  static Stream<Finding> methods(Source source) {
    var found = new ArrayList<Finding>();
    new Methods(source).scan(new TreePath(source.unit()), found);
    return found.stream();
  }

  static Stream<Finding> nesting(Source source) {
    var depths = new Depths(source);
    depths.scan(source.unit(), 0);
    return depths.found.stream();
  }

  private static final class Methods extends TreePathScanner<@Nullable Void, List<Finding>> {

    private final Source source;

    Methods(Source source) {
      this.source = source;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, List<Finding> found) {
      long lines = source.lineCount(method);
      if (lines > METHOD_LINES_MAX) {
        found.add(
            source.finding(
                method,
                "%s has %d lines, at most %d".formatted(method.getName(), lines, METHOD_LINES_MAX),
                "name the steps in it and make them methods"));
      }
      int parameters = method.getParameters().size();
      if (parameters > PARAMETERS_MAX && !isCanonical(method)) {
        found.add(
            source.finding(
                method,
                "%s takes %d parameters, at most %d"
                    .formatted(method.getName(), parameters, PARAMETERS_MAX),
                "those that belong together are a record without a name yet"));
      }
      return super.visitMethod(method, found);
    }

    /// The constructor of a record takes its components, however many they are.
    private boolean isCanonical(MethodTree method) {
      return method.getReturnType() == null
          && getCurrentPath().getParentPath().getLeaf().getKind() == Tree.Kind.RECORD;
    }
  }

  /// Hands down the number of control structures around; a method body starts from none.
  private static final class Depths extends TreeScanner<@Nullable Void, Integer> {

    private final Source source;
    private final List<Finding> found = new ArrayList<>();

    Depths(Source source) {
      this.source = source;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, Integer depth) {
      return super.visitMethod(method, 0);
    }

    @Override
    public @Nullable Void visitIf(IfTree tree, Integer depth) {
      scan(tree.getCondition(), depth);
      scan(tree.getThenStatement(), deeper(tree, depth));
      boolean chained = tree.getElseStatement() instanceof IfTree;
      return scan(tree.getElseStatement(), chained ? depth : depth + 1);
    }

    @Override
    public @Nullable Void visitForLoop(ForLoopTree tree, Integer depth) {
      return super.visitForLoop(tree, deeper(tree, depth));
    }

    @Override
    public @Nullable Void visitEnhancedForLoop(EnhancedForLoopTree tree, Integer depth) {
      return super.visitEnhancedForLoop(tree, deeper(tree, depth));
    }

    @Override
    public @Nullable Void visitWhileLoop(WhileLoopTree tree, Integer depth) {
      return super.visitWhileLoop(tree, deeper(tree, depth));
    }

    @Override
    public @Nullable Void visitDoWhileLoop(DoWhileLoopTree tree, Integer depth) {
      return super.visitDoWhileLoop(tree, deeper(tree, depth));
    }

    @Override
    public @Nullable Void visitSwitch(SwitchTree tree, Integer depth) {
      return super.visitSwitch(tree, deeper(tree, depth));
    }

    @Override
    public @Nullable Void visitSwitchExpression(SwitchExpressionTree tree, Integer depth) {
      return super.visitSwitchExpression(tree, deeper(tree, depth));
    }

    @Override
    public @Nullable Void visitTry(TryTree tree, Integer depth) {
      return super.visitTry(tree, deeper(tree, depth));
    }

    @Override
    public @Nullable Void visitSynchronized(SynchronizedTree tree, Integer depth) {
      return super.visitSynchronized(tree, deeper(tree, depth));
    }

    private int deeper(Tree tree, int depth) {
      if (depth == NESTING_MAX) {
        found.add(
            source.finding(
                tree,
                "nested %d deep, at most %d".formatted(depth + 1, NESTING_MAX),
                "return early, or give the inner part a name"));
      }
      return depth + 1;
    }
  }
}
