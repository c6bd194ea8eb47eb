package dev.fedcore.adapters.settings;

/// A variable that is missing beside others, or that makes no sense. Its message names it and says
/// what to do, for the person who starts the program; no value stands in it.
public final class SettingRefused extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final String variable;

  /// @param problem what is wrong and what to do, to be read after the variable's name
  public SettingRefused(String variable, String problem) {
    super(variable + " " + problem);
    this.variable = variable;
  }

  /// The variable's name, such as `SMTP_PASSWORD`.
  public String variable() {
    return variable;
  }
}
