package dev.fedcore.architecture.tidy;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Whether the documents still speak of what is there.
final class Documents {

  /// A decision is read on one screen.
  static final int DECISION_LINES_MAX = 40;

  private static final Path GLOSSARY = Path.of("docs/glossary.md");
  private static final Path DECISIONS = Path.of("docs/decisions");

  private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)[^)]*\\)");
  private static final Pattern DEFINITION = Pattern.compile("^\\[[^]]+]:\\s+(\\S+)");
  private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z0-9+.-]*:.*");
  private static final Pattern CODE = Pattern.compile("`[^`]*`");
  private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.*)$");
  private static final Pattern TYPE =
      Pattern.compile("`([A-Z]\\w*[a-z]\\w*(?:\\.[A-Z]\\w*[a-z]\\w*)*)`");
  private static final Pattern DECISION = Pattern.compile("(\\d{4})-[a-z0-9-]+\\.md");

  private Documents() {}

  /// Links to files, and to headings in them. Links to other hosts are not followed.
  static Stream<Finding> links(Repository repository) {
    return repository.endingWith(".md").stream().flatMap(file -> brokenLinks(repository, file));
  }

  private static Stream<Finding> brokenLinks(Repository repository, Path file) {
    List<String> lines = prose(repository.text(file));
    return IntStream.range(0, lines.size())
        .boxed()
        .flatMap(i ->
            targets(lines.get(i))
                .filter(target -> !resolves(repository, file, target))
                .map(target -> brokenLink(file, i + 1, target)));
  }

  private static Finding brokenLink(Path file, int line, String target) {
    return new Finding(
        file, line, "the link %s leads nowhere".formatted(target), "correct it or remove it");
  }

  private static Stream<String> targets(String line) {
    String withoutCode = CODE.matcher(line).replaceAll("");
    return Stream.of(LINK, DEFINITION)
        .flatMap(pattern -> pattern.matcher(withoutCode).results())
        .map(match -> match.group(1))
        .filter(target -> !ELSEWHERE.matcher(target).matches());
  }

  private static boolean resolves(Repository repository, Path file, String target) {
    String[] parts = target.split("#", 2);
    Path at = repository.root().resolve(file);
    Path linked = parts[0].isEmpty() ? at : at.resolveSibling(parts[0]).normalize();
    if (!linked.startsWith(repository.root()) || !Files.exists(linked)) {
      return false;
    }
    return parts.length == 1
        || headings(repository.text(repository.root().relativize(linked))).contains(parts[1]);
  }

  /// Headings in the form in which a link names them.
  private static List<String> headings(String markdown) {
    return prose(markdown).stream()
        .map(HEADING::matcher)
        .filter(Matcher::matches)
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  /// The lines of a document, with those inside fences made empty.
  private static List<String> prose(String markdown) {
    var fenced = new boolean[1];
    return markdown.lines().map(line -> proseOf(line, fenced)).toList();
  }

  private static String proseOf(String line, boolean[] fenced) {
    if (line.strip().startsWith("```")) {
      fenced[0] = !fenced[0];
      return "";
    }
    return fenced[0] ? "" : line;
  }

  /// Every type that the glossary names is declared somewhere.
  static Stream<Finding> glossary(Repository repository, List<Source> sources) {
    if (!repository.files().contains(GLOSSARY)) {
      return Stream.of(new Finding(GLOSSARY, 1, "no glossary", "write down our words"));
    }
    Set<String> declared = new TreeSet<>();
    sources.forEach(
        source -> source.unit().getTypeDecls().forEach(type -> declare("", type, declared)));
    List<String> lines = repository.text(GLOSSARY).lines().toList();
    return IntStream.range(0, lines.size())
        .boxed()
        .flatMap(i ->
            TYPE.matcher(lines.get(i))
                .results()
                .map(named(1))
                .filter(type -> !declared.contains(type))
                .map(type -> unknownType(i + 1, type)));
  }

  private static Function<MatchResult, String> named(int group) {
    return match -> match.group(group);
  }

  private static Finding unknownType(int line, String type) {
    return new Finding(
        GLOSSARY,
        line,
        "there is no type %s".formatted(type),
        "name the type that there is, or write the word without code marks");
  }

  private static void declare(String outer, Tree tree, Set<String> declared) {
    if (tree instanceof ClassTree type && !type.getSimpleName().isEmpty()) {
      declared.add(type.getSimpleName().toString());
      String name = outer + type.getSimpleName();
      declared.add(name);
      type.getMembers().forEach(member -> declare(name + ".", member, declared));
    }
  }

  /// Decisions are numbered without gaps, titled by a claim, and short.
  static Stream<Finding> decisions(Repository repository) {
    List<Path> decisions =
        repository.files().stream().filter(path -> path.startsWith(DECISIONS)).toList();
    return IntStream.range(0, decisions.size())
        .boxed()
        .flatMap(i -> decisionFindings(repository, decisions.get(i), i + 1));
  }

  private static Stream<Finding> decisionFindings(Repository repository, Path file, int number) {
    Matcher name = DECISION.matcher(String.valueOf(file.getFileName()));
    if (!name.matches() || Integer.parseInt(name.group(1)) != number) {
      return Stream.of(
          new Finding(
              file,
              1,
              "a decision out of order",
              "call it %04d-what-it-claims.md".formatted(number)));
    }
    long lines = repository.text(file).lines().count();
    return lines <= DECISION_LINES_MAX
        ? Stream.empty()
        : Stream.of(
            new Finding(
                file,
                1,
                "a decision of %d lines, at most %d".formatted(lines, DECISION_LINES_MAX),
                "keep the question, the answer, the reason and the price"));
  }
}
