package dev.fedcore.evidence.verify;

import dev.fedcore.evidence.hash.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks a `SHA256SUMS` file, in the form that `sha256sum` reads: the files that it names are
/// there and unchanged, and there are no others below its folder.
final class Sha256Sums {

  static final String NAME = "SHA256SUMS";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64}) [ *](?:\\./)?(.+)");

  private final Path folder;
  private final Path sums;
  private final FileTree tree;
  private final Findings findings;
  private final Set<Path> named = new TreeSet<>();

  private Sha256Sums(Path sums, FileTree tree, Findings findings) {
    this.folder = sums.resolveSibling("");
    this.sums = sums;
    this.tree = tree;
    this.findings = findings;
  }

  static void check(Path sums, FileTree tree, Findings findings) {
    tree.read(sums).ifPresent(bytes -> new Sha256Sums(sums, tree, findings).check(bytes));
  }

  private void check(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    findings.require(
        text.endsWith("\n"), Finding.MALFORMED, tree.where(sums), "its last line has no end");
    text.lines().forEach(this::line);
    for (Path file : tree.files()) {
      if (file.startsWith(folder) && !file.equals(sums) && !named.contains(file)) {
        findings.add(Finding.EXTRA, tree.where(file), tree.where(sums) + " does not name it");
      }
    }
  }

  private void line(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      findings.add(Finding.MALFORMED, tree.where(sums), "not a line of sha256sum: " + line);
      return;
    }
    Path file = folder.resolve(matcher.group(2)).normalize();
    if (!file.startsWith(folder.normalize()) || !named.add(file)) {
      findings.add(Finding.MALFORMED, tree.where(sums), "it names this outside or twice: " + line);
      return;
    }
    tree.read(file)
        .ifPresent(bytes ->
            findings.require(
                Sha256.hex(bytes).equals(matcher.group(1)),
                Finding.CHANGED,
                tree.where(file),
                "its bytes have another hash than " + tree.where(sums) + " names"));
  }
}
