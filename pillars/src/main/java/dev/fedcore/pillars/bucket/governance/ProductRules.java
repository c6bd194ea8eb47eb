package dev.fedcore.pillars.bucket.governance;

import static dev.fedcore.pillars.bucket.governance.ArtifactClass.ARTIFACT_MANIFEST;
import static dev.fedcore.pillars.bucket.governance.ArtifactClass.AUDIT_ENTRY;
import static dev.fedcore.pillars.bucket.governance.ArtifactClass.AUDIT_LOG;
import static dev.fedcore.pillars.bucket.governance.ArtifactClass.AVATAR_CONFIG;
import static dev.fedcore.pillars.bucket.governance.ArtifactClass.EDUCATIONAL_CONTENT;
import static dev.fedcore.pillars.bucket.governance.ArtifactClass.EVENT_HISTORY;
import static dev.fedcore.pillars.bucket.governance.ArtifactClass.ITERATION_HISTORY;
import static dev.fedcore.pillars.bucket.governance.ArtifactClass.METADATA;
import static dev.fedcore.pillars.bucket.governance.ArtifactClass.MODEL_CHECKPOINT;
import static dev.fedcore.pillars.bucket.governance.ArtifactClass.MONETIZATION_MARKER;
import static dev.fedcore.pillars.bucket.governance.ArtifactClass.PERSONA_CONFIG;
import static dev.fedcore.pillars.bucket.governance.ArtifactClass.USER_PROGRESS;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What one product may keep, which classes it must never ask for, and which types of artifacts are
/// its own.
///
/// @param forbidden class names; some are no class at all, and asking for them shows intent
/// @param artifactTypes the types of the product; nobody else may touch them
public record ProductRules(
    Set<ArtifactClass> allowed, Set<String> forbidden, Set<String> artifactTypes) {

  private static final Map<String, ProductRules> BY_PRODUCT =
      Map.of(
          "ai_assistant",
          new ProductRules(
              EnumSet.of(METADATA, ARTIFACT_MANIFEST, AUDIT_ENTRY),
              Set.of("direct_schema_change", "system_config"),
              Set.of("ConversationArtifact")),
          "ai_avatar",
          new ProductRules(
              EnumSet.of(AVATAR_CONFIG, MODEL_CHECKPOINT, ITERATION_HISTORY, PERSONA_CONFIG),
              Set.of("access_control", "governance_rule"),
              Set.of("MediaArtifact")),
          "gurukul",
          new ProductRules(
              EnumSet.of(EDUCATIONAL_CONTENT, USER_PROGRESS, MONETIZATION_MARKER),
              Set.of("user_auth", "payment_info"),
              Set.of("ContentArtifact")),
          "workflow_enforcement",
          new ProductRules(
              EnumSet.of(EVENT_HISTORY, AUDIT_LOG),
              Set.of("write_operations", "schema_changes"),
              Set.of("DecisionArtifact")),
          "enforcement",
          new ProductRules(
              EnumSet.of(EVENT_HISTORY, AUDIT_LOG),
              Set.of("write_operations", "schema_changes"),
              Set.of("DecisionArtifact")),
          "workflow",
          new ProductRules(EnumSet.of(EVENT_HISTORY), Set.of(), Set.of("WorkflowArtifact")));

  public ProductRules {
    allowed = Set.copyOf(allowed);
    forbidden = Set.copyOf(forbidden);
    artifactTypes = Set.copyOf(artifactTypes);
  }

  /// The rules of a product, whatever the case of its name.
  public static Optional<ProductRules> of(String product) {
    return Optional.ofNullable(BY_PRODUCT.get(product.toLowerCase(Locale.ROOT)));
  }
}
