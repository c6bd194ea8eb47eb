package dev.fedcore.pillars.bucket.constitution;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonBoolean;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What Core may ask of Bucket, and by which words a violation shows.
public final class Constitution {

  /// The one requester that this contract is with.
  public static final String CORE = "bhiv_core";

  /// What Core may do.
  public static final List<String> CAPABILITIES =
      List.of(
          "read_artifacts",
          "write_artifacts",
          "query_metadata",
          "append_audit",
          "request_retention",
          "verify_provenance");

  /// The operations that go with the capabilities.
  public static final List<String> OPERATIONS =
      List.of("READ", "WRITE", "QUERY", "AUDIT_APPEND", "RETENTION_REQUEST", "VERIFY");

  /// What nobody may do.
  public static final List<String> PROHIBITED =
      List.of(
          "mutate_schema",
          "delete_artifacts",
          "hide_operations",
          "bypass_governance",
          "modify_audit",
          "cross_product_access",
          "direct_db_access",
          "override_retention");

  private static final Map<String, ViolationType> TRIGGERS = triggers();

  /// Operations that are more than unknown.
  private static final Map<String, ViolationType> FORBIDDEN_OPERATIONS =
      Map.of(
          "DELETE", ViolationType.DELETION_ATTEMPT,
          "MODIFY_SCHEMA", ViolationType.SCHEMA_MUTATION,
          "MODIFY_AUDIT", ViolationType.AUDIT_HIDING,
          "UPDATE", ViolationType.UNAUTHORIZED_OPERATION);

  private static final Set<String> PRODUCT_NAMES = Set.of("product_id", "product");

  private Constitution() {}

  /// A request of Core's.
  ///
  /// @param requester who asks
  /// @param product the product that it speaks for
  public record Asked(String requester, String operation, String product, JsonObject data) {}

  /// What is wrong with a request; empty when it may be made.
  public static List<Violation> violations(Asked asked) {
    var found = new ArrayList<Violation>();
    if (!asked.requester().equals(CORE)) {
      found.add(
          new Violation(
              ViolationType.UNAUTHORIZED_ACCESS,
              asked.requester() + " is not Core; the contract is Core's"));
    }
    String operation = asked.operation().toUpperCase(Locale.ROOT);
    if (!OPERATIONS.contains(operation)) {
      found.add(
          new Violation(
              FORBIDDEN_OPERATIONS.getOrDefault(operation, ViolationType.UNAUTHORIZED_OPERATION),
              "%s is not among %s".formatted(operation, String.join(", ", OPERATIONS))));
    }
    inside(asked.data(), asked.product(), found);
    return List.copyOf(found);
  }

  private static void inside(JsonValue value, String product, List<Violation> found) {
    switch (value) {
      case JsonObject object ->
          object
              .members()
              .forEach((name, member) -> {
                named(name, found);
                if (PRODUCT_NAMES.contains(name)
                    && member instanceof JsonString(String other)
                    && !other.equalsIgnoreCase(product)) {
                  found.add(
                      new Violation(
                          ViolationType.UNAUTHORIZED_ACCESS,
                          "a request of %s touches %s".formatted(product, other)));
                }
                inside(member, product, found);
              });
      case JsonArray array -> array.items().forEach(item -> inside(item, product, found));
      case JsonString _, JsonNumber _, JsonBoolean _, JsonNull _ -> {}
    }
  }

  private static void named(String name, List<Violation> found) {
    String lower = name.toLowerCase(Locale.ROOT);
    TRIGGERS.forEach((trigger, type) -> {
      if (lower.equals(trigger) || (trigger.startsWith("_") && lower.startsWith(trigger))) {
        found.add(new Violation(type, "the member %s is not for requests".formatted(name)));
      }
    });
  }

  private static Map<String, ViolationType> triggers() {
    var triggers = new LinkedHashMap<String, ViolationType>();
    for (String word :
        List.of(
            "_schema",
            "schema_version",
            "schema_change",
            "add_field",
            "remove_field",
            "modify_field")) {
      triggers.put(word, ViolationType.SCHEMA_MUTATION);
    }
    triggers.put("skip_audit", ViolationType.AUDIT_HIDING);
    triggers.put("hide_operation", ViolationType.AUDIT_HIDING);
    triggers.put("bypass_governance", ViolationType.GOVERNANCE_BYPASS);
    triggers.put("emergency_override", ViolationType.GOVERNANCE_BYPASS);
    triggers.put("direct_db_access", ViolationType.UNAUTHORIZED_ACCESS);
    triggers.put("raw_query", ViolationType.UNAUTHORIZED_ACCESS);
    return Map.copyOf(triggers);
  }
}
