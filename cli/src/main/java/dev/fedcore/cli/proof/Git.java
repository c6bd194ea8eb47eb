package dev.fedcore.cli.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fedcore.cli.terminal.ExitCode;
import dev.fedcore.cli.terminal.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The git repository around a directory, by the `git` on the path.
///
/// @param directory in which commands are run
public record Git(Path directory) {

  /// The message of the directive.
  public static final String MESSAGE =
      "proof(pt-004): workflow orchestration + execution spine"
          + " (step visibility, policy gates, audit trail)";

  /// The tag of the directive.
  public static final String TAG = "omega-proof-campaign-pt004";

  private record Ended(int exitCode, String output) {}

  /// The commit that is checked out; empty outside of a repository.
  public Optional<String> head() {
    Ended head = run("rev-parse", "HEAD");
    return head.exitCode() == 0 ? Optional.of(head.output().strip()) : Optional.empty();
  }

  /// The branch that is checked out; empty outside of a repository, or when none is.
  public Optional<String> branch() {
    Ended branch = run("symbolic-ref", "--short", "-q", "HEAD");
    return branch.exitCode() == 0 ? Optional.of(branch.output().strip()) : Optional.empty();
  }

  /// Commits exactly these files and folders, and whatever else is there stays as it is.
  public void commit(List<Path> paths, String message) {
    var words = new ArrayList<String>();
    paths.forEach(path -> words.add(path.toAbsolutePath().toString()));
    var add = new ArrayList<>(List.of("add", "--force", "--"));
    add.addAll(words);
    must(add.toArray(String[]::new));
    var commit = new ArrayList<>(List.of("commit", "--quiet", "-m", message, "--"));
    commit.addAll(words);
    must(commit.toArray(String[]::new));
  }

  /// Refuses, before anything is done, what could not be committed.
  public void requireReady() {
    if (run("rev-parse", "--is-inside-work-tree").exitCode() != 0) {
      throw refused("this is no git repository");
    }
    if (run("diff", "--cached", "--quiet").exitCode() != 0) {
      throw refused("the index holds other changes; commit or unstage them first");
    }
    if (run("rev-parse", "-q", "--verify", "refs/tags/" + TAG).exitCode() == 0) {
      throw refused("the tag " + TAG + " is there already; delete it if it is to move");
    }
  }

  /// Commits exactly these files, and tags the commit.
  public void commit(List<Path> files) {
    requireReady();
    var add = new ArrayList<>(List.of("add", "--force", "--"));
    files.forEach(file -> add.add(file.toAbsolutePath().toString()));
    must(add.toArray(String[]::new));
    must("commit", "--quiet", "-m", MESSAGE);
    must("tag", TAG);
  }

  private void must(String... words) {
    Ended ended = run(words);
    if (ended.exitCode() != 0) {
      throw refused("git %s said: %s".formatted(words[0], ended.output().strip()));
    }
  }

  private Ended run(String... words) {
    var command = new ArrayList<String>();
    command.add("git");
    command.addAll(List.of(words));
    try {
      Process git =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      var output = new String(git.getInputStream().readAllBytes(), UTF_8);
      return new Ended(git.waitFor(), output);
    } catch (IOException _) {
      return new Ended(-1, "git cannot be run; is it installed?");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Ended(-1, "interrupted");
    }
  }

  private static Failure refused(String why) {
    return new Failure(ExitCode.FAILED, "nothing is committed: " + why);
  }
}
