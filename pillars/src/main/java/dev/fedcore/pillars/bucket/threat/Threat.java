package dev.fedcore.pillars.bucket.threat;

import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The threat model. Numbers are those of the integration plan, in which T9 is the leak between
/// products; the older threat document calls that T7 and has the ownership challenge as T9. Each
/// threat therefore carries both numbers.
public enum Threat {
  T1_STORAGE_EXHAUSTION,
  T2_METADATA_POISONING,
  T3_SCHEMA_EVOLUTION,
  T4_WRITE_COLLISION,
  T5_EXECUTOR_OVERRIDE,
  T6_AI_ESCALATION,
  T7_OWNERSHIP_CHALLENGE,
  T8_AUDIT_TAMPERING,
  T9_CROSS_PRODUCT_LEAK,
  T10_PROVENANCE_OVERTRUST;

  /// How bad it is.
  public enum Level {
    MEDIUM,
    HIGH,
    CRITICAL
  }

  /// What is known of a threat.
  ///
  /// @param escalation who is told, and how soon
  /// @param action what is done at once
  private record Profile(String title, Level level, String escalation, String action) {}

  /// The threat of that name: `T5`, or the whole name, in any case.
  public static Optional<Threat> parse(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(threat -> threat.name().equals(upper) || threat.number().equals(upper))
        .findFirst();
  }

  /// Such as `T5`.
  public String number() {
    return name().substring(0, name().indexOf('_'));
  }

  /// The number in the older threat document.
  public String documentNumber() {
    return switch (this) {
      case T7_OWNERSHIP_CHALLENGE -> "T9";
      case T9_CROSS_PRODUCT_LEAK -> "T7";
      case T1_STORAGE_EXHAUSTION,
          T2_METADATA_POISONING,
          T3_SCHEMA_EVOLUTION,
          T4_WRITE_COLLISION,
          T5_EXECUTOR_OVERRIDE,
          T6_AI_ESCALATION,
          T8_AUDIT_TAMPERING,
          T10_PROVENANCE_OVERTRUST ->
          number();
    };
  }

  public Level level() {
    return profile().level();
  }

  public String escalation() {
    return profile().escalation();
  }

  public String action() {
    return profile().action();
  }

  /// The patterns by which it is recognised.
  public List<String> patterns() {
    return Arrays.stream(Pattern.values())
        .filter(pattern -> pattern.threat() == this)
        .map(Pattern::text)
        .toList();
  }

  /// The threat as readers see it.
  public JsonObject json() {
    Profile profile = profile();
    return JsonObject.builder()
        .put("threat_id", name())
        .put("number", number())
        .put("document_number", documentNumber())
        .put("name", profile.title())
        .put("level", profile.level().name())
        .put("patterns", JsonArray.ofStrings(patterns()))
        .put("escalation", profile.escalation())
        .put("action", profile.action())
        .put("mitigation", mitigation())
        .build();
  }

  private Profile profile() {
    return switch (this) {
      case T1_STORAGE_EXHAUSTION ->
          new Profile(
              "Storage exhaustion", Level.HIGH, "ops within 6 hours, then owner", "HALT_WRITES");
      case T2_METADATA_POISONING ->
          new Profile("Metadata poisoning", Level.CRITICAL, "owner at once", "REJECT");
      case T3_SCHEMA_EVOLUTION ->
          new Profile(
              "Silent schema evolution", Level.HIGH, "advisor within 24 hours", "REQUIRE_REVIEW");
      case T4_WRITE_COLLISION ->
          new Profile(
              "Concurrent write collision", Level.MEDIUM, "ops within 24 hours", "RETRY_OR_REFUSE");
      case T5_EXECUTOR_OVERRIDE ->
          new Profile("Executor override", Level.CRITICAL, "advisor at once", "BLOCK_AND_ESCALATE");
      case T6_AI_ESCALATION ->
          new Profile("AI escalation", Level.CRITICAL, "advisor at once", "REJECT_AND_ALERT");
      case T7_OWNERSHIP_CHALLENGE ->
          new Profile(
              "Legal ownership challenge",
              Level.HIGH,
              "owner and legal at once",
              "PRESERVE_EVIDENCE");
      case T8_AUDIT_TAMPERING ->
          new Profile("Audit tampering", Level.CRITICAL, "owner at once", "HALT_AND_INVESTIGATE");
      case T9_CROSS_PRODUCT_LEAK ->
          new Profile("Cross-product leak", Level.HIGH, "security within 1 hour", "REJECT");
      case T10_PROVENANCE_OVERTRUST ->
          new Profile(
              "Over-trust in provenance",
              Level.MEDIUM,
              "advisor within 48 hours",
              "VERIFY_METADATA");
    };
  }

  /// How it is met here.
  private String mitigation() {
    return switch (this) {
      case T1_STORAGE_EXHAUSTION ->
          "size limits, quotas a product, a warning at 90 %, writes halted at 99 %";
      case T2_METADATA_POISONING ->
          "the server's time, requester and product win; oversized metadata is refused";
      case T3_SCHEMA_EVOLUTION ->
          "unknown event types and classes are refused; every event carries its version";
      case T4_WRITE_COLLISION ->
          "one writer, one transaction; an id is taken once, and its second use is answered";
      case T5_EXECUTOR_OVERRIDE ->
          "the workflow executor writes and nothing else; attempts are kept as evidence";
      case T6_AI_ESCALATION -> "AI actors create and append only; repeated attempts are cooled off";
      case T7_OWNERSHIP_CHALLENGE ->
          "nothing can be deleted; a legal hold and another's artifact cannot be asked away";
      case T8_AUDIT_TAMPERING ->
          "append-only by trigger and by hash chain; a changed byte is found";
      case T9_CROSS_PRODUCT_LEAK ->
          "every read names one product and sees that one only; quotas are kept apart";
      case T10_PROVENANCE_OVERTRUST ->
          "what only the requester says is marked as claimed, and how it was identified";
    };
  }
}
