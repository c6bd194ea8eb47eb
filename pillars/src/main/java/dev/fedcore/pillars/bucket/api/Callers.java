package dev.fedcore.pillars.bucket.api;

import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.Problem;
import dev.fedcore.http.ProblemFound;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.Query;
import dev.fedcore.http.Request;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.pillars.bucket.event.Product;
import dev.fedcore.pillars.bucket.governance.ActorType;
import dev.fedcore.pillars.bucket.governance.Operation;
import dev.fedcore.pillars.bucket.governance.Ruling;
import dev.fedcore.pillars.bucket.threat.ThreatChecks;
import dev.fedcore.pillars.bucket.threat.ThreatFinding;
import java.util.Optional;

/// Finds out who asks and what that one may do. A stated `requester_id` is believed on trusted
/// loopback only; elsewhere it must be the name that authentication found.
final class Callers {

  private static final String REQUESTER = "requester_id";

  private final boolean trusted;
  private final Incidents incidents;

  Callers(boolean trusted, Incidents incidents) {
    this.trusted = trusted;
    this.incidents = incidents;
  }

  /// Who sends a body.
  ///
  /// @param stated the body's `requester_id`
  /// @throws ProblemFound 403 if the name is another's or nobody's
  Caller ofBody(Request request, Optional<String> stated) {
    return identified(request, stated);
  }

  /// Who sends a query.
  Caller ofQuery(Request request) {
    return identified(request, request.query().text(REQUESTER));
  }

  /// The one who writes events.
  Caller teller(Request request, Optional<String> stated) {
    Caller caller = ofBody(request, stated);
    if (!caller.type().tellsEvents()) {
      throw incidents.refuse(
          caller,
          request,
          BucketProblem.OPERATION_FORBIDDEN,
          "a %s does not write events".formatted(caller.type().text()),
          Optional.empty());
    }
    return caller;
  }

  /// The one who does `operation`.
  ///
  /// @throws ProblemFound 403 if the table of its type does not have it
  void require(Caller caller, Request request, Operation operation) {
    Ruling ruling = caller.type().judge(operation);
    if (!ruling.allowed()) {
      throw refused(caller, request, operation.name(), ruling.reason());
    }
  }

  /// The one who governs.
  void requireGoverning(Caller caller, Request request) {
    if (!caller.type().governs()) {
      throw refused(
          caller,
          request,
          Operation.MANAGE_GOVERNANCE.name(),
          "a %s has no authority over governance".formatted(caller.type().text()));
    }
  }

  /// The one product that a reader names.
  ///
  /// @throws ProblemFound 400 without one, 403 if it is not the reader's own
  Product product(Caller caller, Request request) {
    String stated =
        request
            .query()
            .text("product_id")
            .orElseThrow(() -> Query.invalid("product_id", "is missing: a read names one product"));
    Product product = Product.read(stated, "/product_id");
    requireOwn(caller, request, product);
    return product;
  }

  /// Refuses whoever is bound to another product.
  void requireOwn(Caller caller, Request request, Product product) {
    Optional<Product> own = Product.ownOf(caller.name(), caller.type());
    if (own.isPresent() && !own.get().equals(product)) {
      String detail = "%s sees what belongs to %s only".formatted(caller.name(), own.get());
      throw incidents.refuse(
          caller,
          request,
          BucketProblem.CROSS_PRODUCT_ACCESS,
          detail,
          ThreatChecks.crossProductLeak(own.get().id(), product.id(), ""));
    }
  }

  private ProblemFound refused(Caller caller, Request request, String operation, String reason) {
    Optional<ThreatFinding> finding =
        ThreatChecks.executorOverride(caller.name(), operation, "")
            .or(() -> ThreatChecks.aiEscalation(caller.name(), operation));
    return incidents.refuse(caller, request, BucketProblem.OPERATION_FORBIDDEN, reason, finding);
  }

  private Caller identified(Request request, Optional<String> stated) {
    Principal principal = request.principal();
    Caller caller = trusted ? stated(principal, stated) : proved(principal, stated);
    if (caller.type() == ActorType.UNKNOWN) {
      throw incidents.refuse(
          caller,
          request,
          BucketProblem.UNKNOWN_REQUESTER,
          "%s is no requester that Bucket knows".formatted(caller.name()),
          Optional.empty());
    }
    incidents.requireCool(caller);
    return caller;
  }

  private static Caller stated(Principal principal, Optional<String> stated) {
    String name =
        stated
            .or(() -> principal.isAnonymous() ? Optional.empty() : Optional.of(principal.actor()))
            .orElseThrow(() -> new MalformedInput("/" + REQUESTER, "is missing; say who asks"));
    if (!Principal.isActorName(name)) {
      throw new MalformedInput("/" + REQUESTER, "must be 1 to 128 visible ASCII characters");
    }
    return new Caller(name, principal.tenant().value(), ActorType.of(name), false);
  }

  private static Caller proved(Principal principal, Optional<String> stated) {
    String actor = principal.actor();
    if (stated.isPresent() && !stated.get().equals(actor)) {
      throw new ProblemFound(
          Problem.of(
              ProblemKind.IDENTITY_MISMATCH,
              "requester_id must be %s, the name that you are authenticated as".formatted(actor)));
    }
    return new Caller(actor, principal.tenant().value(), typeOf(principal), true);
  }

  /// A name is enough for what only writes or is bound to a product; what reads everything or
  /// governs needs the role as well, and with the role any name will do.
  private static ActorType typeOf(Principal principal) {
    ActorType named = ActorType.of(principal.actor());
    if (named != ActorType.UNKNOWN && !named.isPrivileged()) {
      return named;
    }
    if (principal.roles().contains(Role.ADMIN)) {
      return ActorType.ADMIN;
    }
    if (named == ActorType.EXECUTOR && principal.roles().contains(Role.APPROVER)) {
      return ActorType.EXECUTOR;
    }
    return principal.roles().contains(Role.AUDITOR) ? ActorType.AUDITOR : ActorType.UNKNOWN;
  }
}
