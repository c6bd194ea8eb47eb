package dev.fedcore.policy;

import dev.fedcore.engine.policy.PolicyQuestion;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.policy.cel.InputType;
import dev.fedcore.policy.cel.Variables;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What the rules see of one question. Remembers the first value that was asked for and could not
/// be had, since CEL may forget it. For one decision, by one thread.
final class QuestionVariables implements Variables {

  /// The variables that every bundle has without declaring them.
  static final Map<String, InputType> ALWAYS =
      Map.of(
          "actor.id", InputType.STRING,
          "actor.tenant", InputType.STRING,
          "workflow.id", InputType.STRING,
          "workflow.version", InputType.STRING,
          "workflow.execution", InputType.STRING,
          "step.id", InputType.STRING,
          "step.type", InputType.STRING,
          "step.attempt", InputType.INT,
          "action.type", InputType.STRING,
          "action.target", InputType.STRING);

  private final PolicyQuestion question;
  private final Map<String, InputDeclaration> declared;
  private final Map<String, Optional<Object>> found = HashMap.newHashMap(16);
  private Optional<String> fault = Optional.empty();

  QuestionVariables(PolicyQuestion question, Map<String, InputDeclaration> declared) {
    this.question = question;
    this.declared = declared;
  }

  @Override
  public Optional<Object> find(String name) {
    Optional<Object> known = found.get(name);
    if (known == null) {
      known = lookUp(name);
      if (known.isPresent()) {
        found.put(name, known);
      }
    }
    return known;
  }

  /// The fault of the rule evaluated last, in words; forgets it.
  Optional<String> takeFault() {
    Optional<String> taken = fault;
    fault = Optional.empty();
    return taken;
  }

  private Optional<Object> lookUp(String name) {
    return switch (name) {
      case "actor.id" -> Optional.of(question.actor());
      case "actor.tenant" -> Optional.of(question.tenant().value());
      case "workflow.id" -> Optional.of(question.workflow().id());
      case "workflow.version" -> Optional.of(question.workflow().version());
      case "workflow.execution" -> Optional.of(question.execution().name());
      case "step.id" -> Optional.of(question.step().value());
      case "step.type" -> Optional.of(question.stepType().name());
      case "step.attempt" -> Optional.of((long) question.attempt());
      case "action.type" -> Optional.of(question.actionType());
      case "action.target" -> Optional.of(question.target());
      default -> input(name);
    };
  }

  private Optional<Object> input(String name) {
    InputDeclaration declaration = declared.get(name);
    if (declaration == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(declaration.in(document(declaration.root())));
    } catch (MalformedInput e) {
      fault = fault.or(() -> Optional.of(name + " " + e.problem()));
      return Optional.empty();
    }
  }

  private JsonObject document(InputDeclaration.Root root) {
    return switch (root) {
      case INPUT -> question.input();
      case PARAMETERS -> question.parameters();
    };
  }
}
