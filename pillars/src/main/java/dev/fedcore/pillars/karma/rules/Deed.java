package dev.fedcore.pillars.karma.rules;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What a life event says that somebody did: something that is learned about, an offence, or both.
///
/// @param text as it is written, such as `workflow_success`
public record Deed(String text, Optional<Action> action, Optional<Offence> offence) {

  /// Every deed's text, those that are learned about first.
  public static final List<String> TEXTS =
      Stream.concat(
              Arrays.stream(Action.values()).map(Action::text),
              Arrays.stream(Offence.values()).map(Offence::text))
          .distinct()
          .toList();

  /// The deed that is written like this.
  public static Optional<Deed> named(String text) {
    var deed = new Deed(text, Action.named(text), Offence.named(text));
    return Optional.of(deed).filter(known -> TEXTS.contains(known.text()));
  }
}
