package dev.fedcore.pillars.karma;

import dev.fedcore.http.Access;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.Request;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.Role;
import java.util.Optional;
import java.util.TreeSet;

/// Who may tell what, and who may read.
final class Callers {

  /// Pillars write with the role of an executor. Beside it, the source decides.
  static final Access WRITE = Access.needs("karma:write", Role.EXECUTOR);

  static final Access READ =
      Access.needs("karma:read", Role.VIEWER, Role.OPERATOR, Role.AUDITOR, Role.ADMIN);

  private final KarmaSettings settings;

  Callers(KarmaSettings settings) {
    this.settings = settings;
  }

  /// The source of an event: as stated, or whoever sends it.
  ///
  /// @param stated by the body; must be who sends it, if anybody knows who that is
  /// @throws ProblemFound if that one may not tell such an event
  String source(Principal principal, Optional<String> stated, EventType type) {
    String source = stated.orElse(principal.actor());
    if (!settings.writers().contains(source)) {
      String known = String.join(", ", new TreeSet<>(settings.writers()));
      throw refused(
          KarmaProblem.UNKNOWN_SOURCE,
          "the source %s may not tell events; known are %s".formatted(source, known));
    }
    if (!principal.isAnonymous() && !principal.actor().equals(source)) {
      throw refused(
          KarmaProblem.SOURCE_MISMATCH,
          "the source is %s, but %s sends it".formatted(source, principal.actor()));
    }
    if (source.equals(KarmaSettings.WRITE_ONLY) && type != EventType.LIFE_EVENT) {
      throw refused(
          KarmaProblem.SOURCE_NOT_ALLOWED,
          "%s tells life events only, not a %s".formatted(source, type.text()));
    }
    return source;
  }

  /// Requires that the one who asks may read.
  void requireReader(Request request) {
    if (request.principal().actor().equals(KarmaSettings.WRITE_ONLY)) {
      throw refused(
          KarmaProblem.READ_NOT_ALLOWED,
          KarmaSettings.WRITE_ONLY + " writes to Karma, never reads");
    }
  }

  private static ProblemFound refused(KarmaProblem kind, String detail) {
    return new ProblemFound(Problem.of(kind, detail));
  }
}
