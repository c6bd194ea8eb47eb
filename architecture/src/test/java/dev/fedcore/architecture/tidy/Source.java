package dev.fedcore.architecture.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// One Java file: its text, and what the compiler's parser makes of it.
///
/// @param path relative to the top of the repository
record Source(Path path, String text, CompilationUnitTree unit, DocTrees trees) {

  /// Reads the file at `path` under `root`.
  static Source read(Path root, Path path) {
    try {
      return of(path, Files.readString(root.resolve(path)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Source of(Path path, String text) {
    var file =
        new SimpleJavaFileObject(
            URI.create("string:///" + path.getFileName()), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
          }
        };
    var task =
        (JavacTask)
            ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, _ -> {}, List.of("-proc:none"), null, List.of(file));
    try {
      return new Source(path, text, task.parse().iterator().next(), DocTrees.instance(task));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isTest() {
    return path.toString().contains("src/test/");
  }

  List<String> lines() {
    return text.lines().toList();
  }

  /// The line on which `tree` begins, from 1.
  long line(Tree tree) {
    return lineAt(trees.getSourcePositions().getStartPosition(unit, tree));
  }

  /// How many lines `tree` takes, from its first to its last.
  long lineCount(Tree tree) {
    return lineAt(trees.getSourcePositions().getEndPosition(unit, tree)) - line(tree) + 1;
  }

  Finding finding(Tree tree, String rule, String remedy) {
    return new Finding(path, line(tree), rule, remedy);
  }

  Finding finding(long line, String rule, String remedy) {
    return new Finding(path, line, rule, remedy);
  }

  private long lineAt(long position) {
    return position < 0 ? 1 : unit.getLineMap().getLineNumber(position);
  }
}
