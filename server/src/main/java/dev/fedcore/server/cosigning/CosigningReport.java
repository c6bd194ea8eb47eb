package dev.fedcore.server.cosigning;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How the log and its witnesses stand.
///
/// @param quorum as the policy calls it, or `none`
/// @param signedSize of the newest checkpoint that the log signed
/// @param publishedSize of the newest that is public
/// @param waitingSince since when a signed checkpoint waits for the quorum
/// @param witnesses in the order of the policy
/// @param now when this was so
public record CosigningReport(
    String quorum,
    long signedSize,
    long publishedSize,
    Optional<Instant> waitingSince,
    List<Standing> witnesses,
    Instant now) {

  /// How long witnesses may lag before somebody should look. They follow within a second.
  static final Duration LAG_MAX = Duration.ofMinutes(1);

  public CosigningReport {
    witnesses = List.copyOf(witnesses);
  }

  /// What somebody should look at; empty when all is well.
  public Optional<String> alarm() {
    Optional<Standing> contradicting = witnesses.stream().filter(Standing::contradicts).findFirst();
    if (contradicting.isPresent()) {
      Standing witness = contradicting.get();
      return Optional.of("%s: %s".formatted(witness.name(), witness.lastError().orElse("")));
    }
    if (waitingSince.filter(this::isLong).isPresent()) {
      return Optional.of("no checkpoint was published for over a minute: the quorum is not met");
    }
    List<String> late =
        witnesses.stream()
            .filter(witness -> witness.behindSince().filter(this::isLong).isPresent())
            .map(Standing::name)
            .toList();
    return late.isEmpty()
        ? Optional.empty()
        : Optional.of("more than a minute behind: " + String.join(", ", late));
  }

  /// How long a signed checkpoint has been waiting for the quorum.
  public Duration waiting() {
    return waitingSince.map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
  }

  /// How many entries of the newest checkpoint a witness of that name has not cosigned.
  public long lag(String witness) {
    return witnesses.stream()
        .filter(each -> each.name().equals(witness))
        .mapToLong(each -> Math.max(0, signedSize - each.size()))
        .sum();
  }

  private boolean isLong(Instant since) {
    return Duration.between(since, now).compareTo(LAG_MAX) > 0;
  }
}
