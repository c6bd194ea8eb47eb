package dev.fedcore.policy.cel;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// The type of one variable, as a bundle writes it. There is no floating point: money is counted in
/// minor units.
public enum InputType {
  STRING("string"),
  INT("int"),
  BOOL("bool"),
  STRINGS("list(string)"),
  INTS("list(int)");

  private final String text;

  InputType(String text) {
    this.text = text;
  }

  /// As a bundle writes it, such as `list(string)`.
  public String text() {
    return text;
  }

  /// The type that a bundle writes as `text`.
  public static Optional<InputType> parse(String text) {
    return Arrays.stream(values()).filter(type -> type.text.equals(text)).findFirst();
  }

  /// All of them, for a message.
  public static String known() {
    return Arrays.stream(values()).map(InputType::text).collect(Collectors.joining(", "));
  }
}
