package dev.fedcore.engine.policy;

import dev.fedcore.evidence.json.CanonicalWriter;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.workflow.DefinitionRef;
import dev.fedcore.kernel.workflow.Execution;
import dev.fedcore.kernel.workflow.StepType;

/// What policy is asked about one attempt at one step: who, which step, which exact action, and the
/// run's input. No clock and no run id, so that the same question has the same digest.
///
/// @param actor who asked for the run, on whose behalf the step acts
/// @param actionType such as `task`; `step.observe` and its like for a step without an action
/// @param target whom or what the action is about, in the adapter's words; may be empty
/// @param parameters of the action, as the adapter will get them
/// @param input the run's whole input
/// @param salt what the run's payloads, and so this question, are hashed with
public record PolicyQuestion(
    TenantId tenant,
    String actor,
    DefinitionRef workflow,
    Execution execution,
    StepId step,
    StepType stepType,
    int attempt,
    String actionType,
    String target,
    JsonObject parameters,
    Digest actionHash,
    JsonObject input,
    Digest inputHash,
    PayloadSalt salt) {

  /// The hash of the canonical question. Parameters and input enter by their own digests.
  public Digest digest() {
    var writer = new CanonicalWriter();
    writer.beginObject();
    writer.name("action_hash").string(actionHash.hex());
    writer.name("action_type").string(actionType);
    writer.name("actor").string(actor);
    writer.name("attempt").integer(attempt);
    writer.name("definition_hash").string(workflow.hash().hex());
    writer.name("execution").string(execution.name());
    writer.name("input_hash").string(inputHash.hex());
    writer.name("step_id").string(step.value());
    writer.name("step_type").string(stepType.name());
    writer.name("target").string(target);
    writer.name("tenant_id").string(tenant.value());
    writer.endObject();
    return new Digest(salt.hash(writer));
  }
}
