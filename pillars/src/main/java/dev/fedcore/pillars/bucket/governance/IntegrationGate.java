package dev.fedcore.pillars.bucket.governance;

import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Decides whether an integration is let in: four checks, each of which can stop it. The worst
/// answer wins.
///
/// @param artifactBytesMax the largest artifact, in bytes
/// @param writesPerSecondMax the most writes that one requester may send in a second
public record IntegrationGate(long artifactBytesMax, long writesPerSecondMax) {

  private static final String DIRECT_DATABASE = "direct_database";

  /// What is answered to an integration, from the best to the worst.
  public enum Decision {
    APPROVED,
    PENDING_REVIEW,
    ESCALATED,
    REJECTED;

    /// Such as `pending_review`.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// One thing that a check found.
  ///
  /// @param check such as `product_safety`
  public record Objection(String check, Decision leadsTo, String reason) {}

  /// The answer.
  ///
  /// @param objections in the order of the checks
  public record Result(Decision decision, List<Objection> objections) {
    public Result {
      objections = List.copyOf(objections);
    }
  }

  /// Runs all checks.
  public Result judge(Integration integration) {
    var objections = new ArrayList<Objection>();
    assessThreats(integration, objections);
    checkScale(integration.schema(), objections);
    checkProduct(integration, objections);
    checkCompliance(integration.schema(), objections);
    Decision worst =
        objections.stream()
            .map(Objection::leadsTo)
            .max(Decision::compareTo)
            .orElse(Decision.APPROVED);
    return new Result(worst, objections);
  }

  private static void assessThreats(Integration integration, List<Objection> found) {
    String check = "threat_assessment";
    if (integration.type().equals(DIRECT_DATABASE)) {
      found.add(new Objection(check, Decision.REJECTED, "direct access to the store is critical"));
    }
    if (integration.type().startsWith("_")) {
      found.add(new Objection(check, Decision.ESCALATED, "a type with a leading _ hides itself"));
    }
    if (integration.product().indexOf(',') >= 0) {
      found.add(new Objection(check, Decision.ESCALATED, "a product name names several products"));
    }
  }

  private void checkScale(JsonObject schema, List<Objection> found) {
    tooMuch(schema, "estimated_artifact_bytes", artifactBytesMax).ifPresent(found::add);
    tooMuch(schema, "estimated_writes_per_second", writesPerSecondMax).ifPresent(found::add);
  }

  private static Optional<Objection> tooMuch(JsonObject schema, String name, long max) {
    return schema.get(name).orElse(null) instanceof JsonNumber number && number.doubleValue() > max
        ? Optional.of(
            new Objection(
                "scale_compatibility", Decision.REJECTED, "%s is above %,d".formatted(name, max)))
        : Optional.empty();
  }

  private static void checkProduct(Integration integration, List<Objection> found) {
    Optional<ProductRules> rules = ProductRules.of(integration.product());
    if (rules.isEmpty()) {
      found.add(objection(Decision.PENDING_REVIEW, "the product has no rules yet"));
    }
    for (String name : integration.classes()) {
      Optional<ArtifactClass> known = ArtifactClass.parse(name);
      boolean forbidden = rules.isPresent() && rules.get().forbidden().contains(name);
      if (forbidden || known.isEmpty()) {
        found.add(objection(Decision.REJECTED, name + " is forbidden, or no class at all"));
      } else if (rules.isPresent() && !rules.get().allowed().contains(known.get())) {
        found.add(objection(Decision.PENDING_REVIEW, name + " is not among the product's classes"));
      }
    }
  }

  private static Objection objection(Decision leadsTo, String reason) {
    return new Objection("product_safety", leadsTo, reason);
  }

  private static void checkCompliance(JsonObject schema, List<Objection> found) {
    requireEither(schema, "nsfw_policy", "content_filter", found);
    requireEither(schema, "retention_policy", "deletion_strategy", found);
  }

  private static void requireEither(
      JsonObject schema, String one, String other, List<Objection> found) {
    if (schema.get(one).isEmpty() && schema.get(other).isEmpty()) {
      found.add(
          new Objection(
              "compliance_validation",
              Decision.REJECTED,
              "data_schema must have %s or %s".formatted(one, other)));
    }
  }
}
