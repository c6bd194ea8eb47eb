package dev.fedcore.evidence.awo.cri;

import dev.fedcore.evidence.awo.cri.CriRun.Status;
import dev.fedcore.evidence.awo.cri.CriWorkflow.CriStep;
import dev.fedcore.evidence.awo.cri.StepOutcome.AwaitsReview;
import dev.fedcore.evidence.awo.cri.StepOutcome.Done;
import dev.fedcore.evidence.awo.cri.StepOutcome.Failed;
import dev.fedcore.evidence.awo.folder.ClockTimes;
import dev.fedcore.evidence.awo.folder.RunFiles;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Executes workflow files. The first step that fails ends the run, and a gate ends it for now; in
/// both cases the run is complete, and says so.
///
/// For one run; not for several threads.
public final class CriRunner {

  private static final int FIRST_STEP = 4;
  private static final int BACKEND_INFO = 1;

  private final CriWorkflow workflow;
  private final CriSettings settings;
  private final InstantSource clock;
  private final Scratch scratch = new Scratch();
  private final List<StepEntry> entries = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();

  /// One line of manifest and index.
  record StepEntry(int index, String id, String op) {

    JsonObject of(String number) {
      return JsonObject.builder().put(number, index).put("id", id).put("op", op).build();
    }

    String file() {
      return "steps/" + (index < 10 ? "0" : "") + index + "_" + id + ".json";
    }
  }

  private CriRunner(CriWorkflow workflow, CriSettings settings, InstantSource clock) {
    this.workflow = workflow;
    this.settings = settings;
    this.clock = clock;
  }

  /// Runs all steps, until one fails or waits.
  ///
  /// @param clock asked for the times that sealing keeps apart in [ClockTimes#FILE]
  public static CriRun run(CriWorkflow workflow, CriSettings settings, InstantSource clock) {
    return new CriRunner(workflow, settings, clock).run();
  }

  private CriRun run() {
    String started = now();
    scratch.put("workflow_frozen.json", workflow.document().canonicalBytes());
    backendInfo();
    Status status = Status.SUCCEEDED;
    Optional<String> error = Optional.empty();
    for (int i = 0; i < workflow.steps().size() && status == Status.SUCCEEDED; i++) {
      CriStep step = workflow.steps().get(i);
      StepOutcome outcome = outcome(step);
      scratch.keep(step.id(), outcome.result());
      error =
          outcome instanceof Failed failed
              ? Optional.of(step.id() + ": " + failed.error())
              : Optional.empty();
      status =
          switch (outcome) {
            case Done _ -> Status.SUCCEEDED;
            case Failed _ -> Status.ERROR;
            case AwaitsReview _ -> Status.PENDING_REVIEW;
          };
      entry(new StepEntry(FIRST_STEP + i, step.id(), step.operator().word()), outcome);
    }
    var documents = new RunDocuments(settings, workflow, List.copyOf(entries), List.copyOf(lines));
    RunFiles files = documents.all(scratch.files(), status, started, now());
    return new CriRun(settings.run(), files, status, error);
  }

  private void backendInfo() {
    JsonObject info =
        JsonObject.builder()
            .put("backends", JsonArray.ofStrings(Backend.words()))
            .put("deterministic", true)
            .build();
    entry(new StepEntry(BACKEND_INFO, "backend_info", "backend_info"), new Done(info));
  }

  private StepOutcome outcome(CriStep step) {
    try {
      return switch (step.operator()) {
        case SCOPE_VALIDATE -> Scope.validate(step.arguments(), scratch);
        case FANOUT_GENERATE -> fanOut(step);
        case CONSENSUS_VOTE -> Consensus.vote(step.inputsFrom(), scratch);
        case ASSERT_CONTAINS -> Texts.assertContains(step.arguments(), scratch);
        case WRITE_TEXT -> Texts.write(step.arguments(), scratch);
        case AUDIT_GATE -> gate(step.arguments());
      };
    } catch (MalformedInput e) {
      return new Failed(JsonObject.EMPTY, String.valueOf(e.getMessage()));
    }
  }

  private StepOutcome fanOut(CriStep step) {
    if (step.prompt().isEmpty() || step.models().isEmpty()) {
      throw new MalformedInput("/prompt", "and models must be there; say what to ask whom");
    }
    var outputs = new ArrayList<JsonValue>();
    for (String model : step.models()) {
      Backend backend =
          Backend.named(model)
              .orElseThrow(() ->
                  new MalformedInput(
                      "/models", "must be of %s; is \"%s\"".formatted(Backend.words(), model)));
      JsonObject meta = JsonObject.builder().put("engine", "deterministic").put("seed", 0).build();
      outputs.add(
          JsonObject.builder()
              .put("model", model)
              .put("text", backend.answer(step.prompt()))
              .put("meta", meta)
              .build());
    }
    return new Done(JsonObject.builder().put("outputs", new JsonArray(outputs)).build());
  }

  private StepOutcome gate(JsonObject arguments) {
    var fields = JsonFields.of(arguments, "/args");
    String checklist = fields.optionalString("checklist").orElse("");
    fields.end();
    JsonObject decision =
        JsonObject.builder()
            .put("checklist", checklist)
            .put("created_at", now())
            .put("status", "pending")
            .build();
    scratch.put("gate_decision.yml", decision.canonicalBytes());
    return new AwaitsReview(
        JsonObject.builder().put("checklist", checklist).put("status", "pending").build());
  }

  private void entry(StepEntry entry, StepOutcome outcome) {
    var record = JsonObject.builder().put("id", entry.id()).put("op", entry.op());
    record.put("index", JsonNumber.of(entry.index())).put("result", outcome.result());
    if (outcome instanceof Failed failed) {
      record.put("error", new JsonString(failed.error()));
    }
    scratch.put(entry.file(), record.build().canonicalBytes());
    entries.add(entry);
    lines.add("- `%s` (%s): %s".formatted(entry.id(), entry.op(), words(outcome)));
  }

  private static String words(StepOutcome outcome) {
    return switch (outcome) {
      case Done _ -> "done";
      case Failed failed -> "failed: " + failed.error();
      case AwaitsReview _ -> "waits for review; later steps did not run";
    };
  }

  private String now() {
    return ClockTimes.text(clock.instant());
  }
}
