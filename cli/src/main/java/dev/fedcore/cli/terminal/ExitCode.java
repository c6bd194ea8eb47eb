package dev.fedcore.cli.terminal;

/// What the program says to the shell when it ends. The numbers above 63 are those of `sysexits.h`.
public enum ExitCode {
  OK(0, "done, or verified"),
  FAILED(1, "a claim or a verification failed, or the server refused"),
  USAGE(64, "the command line is wrong"),
  NO_INPUT(66, "an input file is missing or unreadable"),
  UNAVAILABLE(69, "no server answers, or there is no JDK"),
  NOT_PERMITTED(77, "not permitted: 401 or 403"),
  CONFIGURATION(78, "the configuration is wrong");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  public int number() {
    return number;
  }

  /// What it means, for a help text.
  public String meaning() {
    return meaning;
  }
}
