package dev.fedcore.evidence.awo.cri;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What answers a prompt: three stand-ins for models, each a pure function of the prompt.
enum Backend {
  /// The prompt as it is.
  ECHO,
  /// The prompt in capitals, by the rules of no language.
  UPPER,
  /// The prompt backwards, by code points.
  REVERSE;

  static Optional<Backend> named(String model) {
    return Arrays.stream(values()).filter(backend -> backend.word().equals(model)).findFirst();
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Backend::word).toList();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String answer(String prompt) {
    return switch (this) {
      case ECHO -> prompt;
      case UPPER -> prompt.toUpperCase(Locale.ROOT);
      case REVERSE -> new StringBuilder(prompt).reverse().toString();
    };
  }
}
