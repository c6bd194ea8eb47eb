package dev.fedcore.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Compiles the bad sample of a claim and asks the rule what it thinks of it.
final class BadSample {

  private static final Pattern PACKAGE = Pattern.compile("package ([\\w.]+);");
  private static final Pattern TYPE = Pattern.compile("(?:class|interface) (\\w+)");

  private BadSample() {}

  /// What the rule has to say, one line a violation; empty when it does not bite.
  static List<String> complaints(Claim claim, Path directory) {
    compile(claim.bad(), directory);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (var sample = new URLClassLoader(new URL[] {url(directory)}, before)) {
      thread.setContextClassLoader(sample);
      JavaClasses classes = new ClassFileImporter().importPath(directory);
      return claim.rule().evaluate(classes).getFailureReport().getDetails();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static void compile(String bad, Path directory) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<JavaFileObject> files = Arrays.stream(bad.split(Claim.FILE)).map(BadSample::file).toList();
    var said = new StringWriter();
    List<String> options = List.of("-proc:none", "-d", directory.toString());
    if (!compiler.getTask(said, null, null, options, null, files).call()) {
      throw new IllegalStateException("the bad sample does not compile:\n" + said);
    }
  }

  private static JavaFileObject file(String source) {
    String name = first(PACKAGE, source).replace('.', '/') + "/" + first(TYPE, source) + ".java";
    return new SimpleJavaFileObject(URI.create("string:///" + name), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return source;
      }
    };
  }

  private static String first(Pattern pattern, String source) {
    Matcher matcher = pattern.matcher(source);
    if (!matcher.find()) {
      throw new IllegalArgumentException("no " + pattern + " in: " + source);
    }
    return matcher.group(1);
  }

  private static URL url(Path directory) throws MalformedURLException {
    return directory.toUri().toURL();
  }
}
