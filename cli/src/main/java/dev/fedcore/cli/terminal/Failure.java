package dev.fedcore.cli.terminal;

/// A verb cannot do what it was asked: one sentence for people, with the remedy, and an exit code.
///
/// Caught once, in `Main`, which prints it. Carries no stack trace, since nobody ever sees one.
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  public Failure(ExitCode exitCode, String sentence) {
    super(sentence, null, false, false);
    this.exitCode = exitCode;
  }

  public ExitCode exitCode() {
    return exitCode;
  }

  /// The sentence.
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
