package dev.fedcore.architecture.tidy;

import java.nio.file.Path;

/// One place that breaks a rule.
///
/// @param line counted from 1; 1 when the whole file is meant
/// @param rule what is wrong, with the number or the word found
/// @param remedy what to do about it
record Finding(Path file, long line, String rule, String remedy) {

  @Override
  public String toString() {
    return "%s:%d: %s; %s".formatted(file, line, rule, remedy);
  }
}
