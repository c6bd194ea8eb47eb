package dev.fedcore.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Somebody else's program, which says what bytes ought to be. It must be there: a test that could
/// not ask it would prove nothing.
///
/// @param name of the program on the path
/// @param debianPackage where it comes from, for the message
public record ForeignTool(String name, String debianPackage) {

  /// What a program printed, and how it ended.
  ///
  /// @param output standard output and error together
  public record Result(int exitCode, String output) {}

  /// Runs the program in `directory` with `LC_ALL=C` until it ends.
  ///
  /// @throws AssertionError when it is not installed
  public Result run(Path directory, Map<String, String> environment, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(name);
    command.addAll(arguments);
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().put("LC_ALL", "C");
    builder.environment().putAll(environment);
    try {
      Process process = builder.redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Result(process.waitFor(), output);
    } catch (IOException e) {
      throw new AssertionError(
          "%s is needed: apt-get install %s".formatted(name, debianPackage), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while " + name + " ran", e);
    }
  }

  /// As above, in the environment as it is; the output of a run that must succeed.
  public String output(Path directory, String... arguments) {
    Result result = run(directory, Map.of(), List.of(arguments));
    if (result.exitCode() != 0) {
      throw new AssertionError(
          "%s ended with %d: %s".formatted(name, result.exitCode(), result.output()));
    }
    return result.output();
  }
}
