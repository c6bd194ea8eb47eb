package dev.fedcore.pillars.bucket.governance;

import static dev.fedcore.pillars.bucket.governance.Operation.APPEND_AUDIT;
import static dev.fedcore.pillars.bucket.governance.Operation.APPROVE_INTEGRATION;
import static dev.fedcore.pillars.bucket.governance.Operation.CREATE;
import static dev.fedcore.pillars.bucket.governance.Operation.MANAGE_GOVERNANCE;
import static dev.fedcore.pillars.bucket.governance.Operation.READ;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// As what somebody asks, and the table of what that kind may do. Names decide: a fixed one, or a
/// prefix. Whoever has neither is unknown and may do nothing.
public enum ActorType {
  /// The decision engine.
  CORE,
  /// Writes what it executed. Reads nothing and governs nothing.
  WORKFLOW_EXECUTOR,
  /// The unified action orchestrator: writes only.
  ORCHESTRATOR,
  AI_AGENT,
  /// The person or service that executes governance; not the workflow executor.
  EXECUTOR,
  /// One product, bound to itself.
  PRODUCT,
  /// Reads events and audit of any product that it names; the console is one.
  AUDITOR,
  ADMIN,
  UNKNOWN;

  /// The name prefix of products; what follows is the product.
  public static final String PRODUCT_PREFIX = "product_";

  private static final Map<String, ActorType> NAMED =
      Map.of(
          "bhiv_core", CORE,
          "workflow_executor", WORKFLOW_EXECUTOR,
          "unified_action_orchestrator", ORCHESTRATOR,
          "prana", AUDITOR,
          "prana_core", AUDITOR,
          "executor", EXECUTOR,
          "auditor", AUDITOR,
          "admin", ADMIN);

  private static final Map<String, ActorType> PREFIXED =
      Map.of(
          "ai_",
          AI_AGENT,
          PRODUCT_PREFIX,
          PRODUCT,
          "auditor_",
          AUDITOR,
          "executor_",
          EXECUTOR,
          "admin_",
          ADMIN);

  /// Those who may tell Bucket what happened.
  private static final Set<ActorType> TELL_EVENTS =
      EnumSet.of(CORE, WORKFLOW_EXECUTOR, ORCHESTRATOR);

  /// Those whose rights come from a role, where callers are authenticated.
  private static final Set<ActorType> PRIVILEGED = EnumSet.of(EXECUTOR, AUDITOR, ADMIN);

  /// The type that a name stands for.
  public static ActorType of(String name) {
    ActorType named = NAMED.get(name);
    if (named != null) {
      return named;
    }
    return PREFIXED.entrySet().stream()
        .filter(entry -> name.startsWith(entry.getKey()) && name.length() > entry.getKey().length())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(UNKNOWN);
  }

  /// What this type may do.
  public Set<Operation> allowed() {
    return switch (this) {
      case CORE -> Set.of(CREATE, READ, APPEND_AUDIT);
      case WORKFLOW_EXECUTOR, AI_AGENT -> Set.of(CREATE, APPEND_AUDIT);
      case ORCHESTRATOR -> Set.of(CREATE);
      case EXECUTOR -> Set.of(CREATE, READ, APPROVE_INTEGRATION);
      case PRODUCT -> Set.of(CREATE, READ);
      case AUDITOR -> Set.of(READ);
      case ADMIN -> Set.of(CREATE, READ, MANAGE_GOVERNANCE);
      case UNKNOWN -> Set.of();
    };
  }

  /// Whether it may write events: only the integrations that the contract names.
  public boolean tellsEvents() {
    return TELL_EVENTS.contains(this);
  }

  /// Whether it needs more than a name where callers are authenticated.
  public boolean isPrivileged() {
    return PRIVILEGED.contains(this);
  }

  /// Whether it may change what is let in.
  public boolean governs() {
    return allowed().contains(APPROVE_INTEGRATION) || allowed().contains(MANAGE_GOVERNANCE);
  }

  /// Such as `ai_agent`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What the table says to `operation`.
  public Ruling judge(Operation operation) {
    if (operation.isForbidden()) {
      return Ruling.refuse(
          switch (operation) {
            case MODIFY_AUDIT -> GovernanceRule.RULE_02;
            case MODIFY_SCHEMA -> GovernanceRule.RULE_03;
            case UPDATE,
                DELETE,
                CREATE,
                READ,
                APPEND_AUDIT,
                APPROVE_INTEGRATION,
                MANAGE_GOVERNANCE ->
                GovernanceRule.RULE_01;
          },
          operation + " is forbidden to everybody");
    }
    if (allowed().contains(operation)) {
      return Ruling.allow();
    }
    return Ruling.refuse(
        switch (this) {
          case WORKFLOW_EXECUTOR, ORCHESTRATOR -> GovernanceRule.RULE_08;
          case AI_AGENT -> GovernanceRule.RULE_09;
          case CORE, EXECUTOR, PRODUCT, AUDITOR, ADMIN, UNKNOWN -> GovernanceRule.RULE_10;
        },
        "%s is not among what a %s may do: %s".formatted(operation, text(), names()));
  }

  private String names() {
    return allowed().isEmpty()
        ? "nothing"
        : String.join(", ", allowed().stream().map(Operation::name).sorted().toList());
  }
}
