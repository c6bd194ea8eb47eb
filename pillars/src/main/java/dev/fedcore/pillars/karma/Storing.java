package dev.fedcore.pillars.karma;

import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.Router;
import dev.fedcore.sqlite.StoreUnavailable;
import java.util.function.Supplier;

/// Asks the store, and says so when it does not answer.
final class Storing {

  private Storing() {}

  /// What the store answers.
  ///
  /// @throws ProblemFound 503 if it does not; telling an event again under its id is safe
  static <T> T of(Supplier<T> asked) {
    try {
      return asked.get();
    } catch (StoreUnavailable unavailable) {
      throw new ProblemFound(
          Problem.of(
                  KarmaProblem.STORE_UNAVAILABLE,
                  "Karma's store does not answer; try again, with the same event id")
              .withHeader("Retry-After", Router.RETRY_AFTER_SECONDS));
    }
  }
}
