package dev.fedcore.architecture.tidy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/// How code is written: names, comments, imports, and what is never called.
final class Habits {

  /// A task marker that names no issue, such as the one in `// …(#12): …`.
  private static final Pattern MARKER =
      Pattern.compile("\\b(?:T[O]DO|F[I]XME|X{3})\\b(?!\\(#[0-9]+\\))");

  private static final Pattern REASON = Pattern.compile("\\) *// *\\p{L}.*");
  private static final Pattern DEAD_CODE = Pattern.compile("^\\s*//(?!/).*[;{}]\\s*$");
  private static final Pattern MOCKS =
      Pattern.compile("(org\\.(mockito|easymock|powermock|jmock)|mockit|io\\.mockk)\\b.*");
  private static final Set<String> SKIPS = Set.of("Disabled", "Ignore");

  /// "Data directory" is the name of a thing that users have.
  private static final Pattern TERMS = Pattern.compile("DataDirectory");

  private static final Map<String, String> BANNED =
      Map.ofEntries(
          Map.entry("Manager", "say what it does: Registry, Store, Relay, Clock"),
          Map.entry("Helper", "put the method on the type it helps"),
          Map.entry("Util", "name the one thing it is about, in the plural: Names, Digests"),
          Map.entry("Utils", "name the one thing it is about, in the plural: Names, Digests"),
          Map.entry("Impl", "say what is special about it: SqliteLedger, CelPolicyEngine"),
          Map.entry("Base", "behaviour is not inherited; give what is shared a type of its own"),
          Map.entry(
              "Abstract", "behaviour is not inherited; give what is shared a type of its own"),
          Map.entry("Common", "say what is in it"),
          Map.entry("Data", "say what is in it: Row, Facts, Payload, Record"),
          Map.entry("Info", "say what is in it: Row, Facts, Snapshot"),
          Map.entry("Processor", "say what it does: Decider, Runner, Relay, Verifier"));

  private Habits() {}

  static Stream<Finding> typeNames(Source source) {
    var found = new ArrayList<Finding>();
    scan(
        source,
        (path, tree) -> bannedWord(tree).ifPresent(word -> found.add(named(source, tree, word))));
    return found.stream();
  }

  private static Optional<String> bannedWord(Tree tree) {
    if (!(tree instanceof ClassTree type)) {
      return Optional.empty();
    }
    String name = TERMS.matcher(type.getSimpleName()).replaceAll("");
    return Stream.of(name.split("(?=\\p{Lu})")).filter(BANNED::containsKey).findFirst();
  }

  private static Finding named(Source source, Tree tree, String word) {
    return source.finding(
        tree,
        "the type name %s says '%s'".formatted(((ClassTree) tree).getSimpleName(), word),
        BANNED.getOrDefault(word, "choose a word that says what it is"));
  }

  static Stream<Finding> imports(Source source) {
    return source.unit().getImports().stream().flatMap(tree -> importFindings(source, tree));
  }

  private static Stream<Finding> importFindings(Source source, ImportTree tree) {
    String name = tree.getQualifiedIdentifier().toString();
    if (name.endsWith(".*")) {
      return Stream.of(source.finding(tree, "a wildcard import", "name each type"));
    }
    if (MOCKS.matcher(name).matches()) {
      return Stream.of(
          source.finding(tree, "a mock", "use the real thing, or a small one written by hand"));
    }
    return Stream.empty();
  }

  static Stream<Finding> comments(Source source) {
    List<String> lines = source.lines();
    return IntStream.range(0, lines.size())
        .boxed()
        .flatMap(i -> commentFindings(source, i + 1, lines.get(i)));
  }

  private static Stream<Finding> commentFindings(Source source, int line, String text) {
    if (MARKER.matcher(text).find()) {
      return Stream.of(
          source.finding(line, "a task marker without an issue number", "do it, or add (#number)"));
    }
    if (DEAD_CODE.matcher(text).matches()) {
      return Stream.of(
          source.finding(line, "code in a comment", "delete it; the history keeps what was"));
    }
    return Stream.empty();
  }

  static Stream<Finding> calls(Source source) {
    var found = new ArrayList<Finding>();
    scan(source, (_, tree) -> call(source, tree).ifPresent(found::add));
    return found.stream();
  }

  private static Optional<Finding> call(Source source, Tree tree) {
    if (tree instanceof MethodInvocationTree call && sleeps(call.getMethodSelect().toString())) {
      return Optional.of(
          source.finding(tree, "a sleep", "wait for the condition itself, with a bound"));
    }
    if (tree instanceof NewClassTree made
        && made.getIdentifier().toString().equals("UnsupportedOperationException")) {
      return Optional.of(
          source.finding(
              tree, "an operation that is not supported", "leave it out of the type, or do it"));
    }
    return Optional.empty();
  }

  private static boolean sleeps(String method) {
    return method.equals("Thread.sleep")
        || (method.startsWith("TimeUnit.") && method.endsWith(".sleep"));
  }

  static Stream<Finding> annotations(Source source) {
    var found = new ArrayList<Finding>();
    scan(source, (_, tree) -> annotation(source, tree).ifPresent(found::add));
    return found.stream();
  }

  private static Optional<Finding> annotation(Source source, Tree tree) {
    if (!(tree instanceof AnnotationTree annotation)) {
      return Optional.empty();
    }
    String name = annotation.getAnnotationType().toString();
    if (SKIPS.contains(name)) {
      return Optional.of(source.finding(tree, "a test that is not run", "mend it or delete it"));
    }
    String line = source.lines().get((int) source.line(tree) - 1);
    if (name.equals("SuppressWarnings") && !REASON.matcher(line).find()) {
      return Optional.of(
          source.finding(
              tree,
              "a warning suppressed without a reason",
              "say why, on the same line, after //"));
    }
    return Optional.empty();
  }

  /// Public types that a caller can name: those at the top, and those that a class makes public.
  /// The variants inside an interface are introduced by the interface.
  static Stream<Finding> documentation(Source source) {
    var found = new ArrayList<Finding>();
    scan(
        source,
        (path, tree) -> {
          if (tree instanceof ClassTree type
              && type.getModifiers().getFlags().contains(Modifier.PUBLIC)
              && !isDocumented(source, path)) {
            found.add(
                source.finding(
                    tree,
                    "the public type %s has no /// comment".formatted(type.getSimpleName()),
                    "say in one sentence what it is, then what a caller cannot see"));
          }
        });
    return found.stream();
  }

  private static boolean isDocumented(Source source, TreePath path) {
    String comment = source.trees().getDocComment(path);
    return comment != null && !comment.isBlank();
  }

  private static void scan(Source source, Visitor visitor) {
    new Everything().scan(new TreePath(source.unit()), visitor);
  }

  @FunctionalInterface
  private interface Visitor {
    void visit(TreePath path, Tree tree);
  }

  private static final class Everything extends TreePathScanner<@Nullable Void, Visitor> {

    @Override
    public @Nullable Void scan(@Nullable Tree tree, Visitor visitor) {
      if (tree != null && getCurrentPath() != null) {
        visitor.visit(new TreePath(getCurrentPath(), tree), tree);
      }
      return super.scan(tree, visitor);
    }
  }
}
