package dev.fedcore.policy;

import dev.fedcore.engine.policy.PolicyQuestion;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.workflow.DefinitionRef;
import dev.fedcore.kernel.workflow.Execution;
import dev.fedcore.kernel.workflow.StepType;

/// Questions for tests.
public final class Questions {

  private static final Digest HASH = new Digest("ab".repeat(32));

  private Questions() {}

  /// Ann asks for a task, at the first step of `workflow`.
  public static PolicyQuestion task(String workflow, JsonObject parameters) {
    return question(TenantId.DEFAULT, workflow, parameters, JsonObject.EMPTY);
  }

  /// Ann asks for a task without parameters, in a run with this input.
  public static PolicyQuestion withInput(JsonObject input) {
    return question(TenantId.DEFAULT, "any_workflow", JsonObject.EMPTY, input);
  }

  /// The same, with one member of the input.
  public static PolicyQuestion withInput(String name, JsonValue value) {
    return withInput(JsonObject.builder().put(name, value).build());
  }

  /// Ann of another tenant asks for a task.
  public static PolicyQuestion of(TenantId tenant, String workflow) {
    return question(tenant, workflow, JsonObject.EMPTY, JsonObject.EMPTY);
  }

  private static PolicyQuestion question(
      TenantId tenant, String workflow, JsonObject parameters, JsonObject input) {
    return new PolicyQuestion(
        tenant,
        "ann",
        new DefinitionRef(workflow, "1.0.0", HASH),
        Execution.MANAGED,
        new StepId("step_1"),
        StepType.ACT,
        1,
        "task",
        "list/inbox",
        parameters,
        HASH,
        input,
        new Digest(Sha256.hex(input.canonicalBytes())),
        PayloadSalt.NONE);
  }
}
