package dev.fedcore.cli.terminal;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// What the outside gives the program: where it prints, what the time is, what the environment
/// says. Built once in `Main`; tests build their own.
///
/// @param environment the environment variables
/// @param userName of the operating system's user
/// @param random a secure source
/// @param directory in which relative paths begin
/// @param serverClassPath what a server is started with; empty when the launcher gave none
public record Surroundings(
    Terminal terminal,
    Map<String, String> environment,
    String userName,
    InstantSource clock,
    RandomGenerator random,
    Path directory,
    Optional<String> serverClassPath) {

  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /// What a verb starts a server of its own with.
  ///
  /// @throws Failure if the launcher gave nothing
  public String ownServer(String verb) {
    return serverClassPath.orElseThrow(() ->
        new Failure(
            ExitCode.UNAVAILABLE,
            "there is no server to start here; use ./fedcore %s, or give --url".formatted(verb)));
  }

  /// An environment variable; one that is empty counts as not set.
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  /// `path` as the user meant it.
  public Path resolve(Path path) {
    return directory.resolve(path);
  }
}
