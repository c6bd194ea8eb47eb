package dev.fedcore.cli.terminal;

import java.util.Locale;

/// The four colours that a word may have. Colour only repeats what the word says.
enum Tint {
  GOOD("\u001b[32m"),
  BAD("\u001b[31m"),
  WAITING("\u001b[33m"),
  PLAIN("");

  private static final String RESET = "\u001b[0m";

  private final String start;

  Tint(String start) {
    this.start = start;
  }

  static Tint of(String word) {
    return switch (word.toUpperCase(Locale.ROOT)) {
      case "OK", "COMPLETED", "APPROVED", "ALLOW", "VERIFIED", "CLEAN" -> GOOD;
      case "FAILED", "DENIED", "REJECTED", "DENY", "CANCELLED", "EXPIRED" -> BAD;
      case "PAUSED", "PENDING", "FLAG", "IN_DOUBT", "WARNING" -> WAITING;
      default -> PLAIN;
    };
  }

  String around(String word) {
    return start.isEmpty() ? word : start + word + RESET;
  }
}
