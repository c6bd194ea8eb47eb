package dev.fedcore.adapters.ai;

import dev.fedcore.adapters.outbox.EffectJournal;
import dev.fedcore.adapters.outbox.Intent;
import dev.fedcore.engine.adapter.ActionForm;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.adapter.Permit;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.evidence.json.JsonNull;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;

/// Asks a model, or leaves the question in the folder `outbox` when none is configured.
///
/// Nothing is asked twice: a question whose answer was lost is in doubt. Safe for use by many
/// threads at once; a question takes at most 135 seconds.
public final class AiAdapter implements Adapter {

  private static final AiForm FORM = new AiForm();

  /// The longest time for one question and its answer.
  private static final Duration ANSWER_WAIT = Duration.ofMinutes(2);

  /// What a dry run asks.
  private static final String NO_MODEL = "unconfigured";

  private static final String NO_MODELS_TOKENS_FIELD = "max_completion_tokens";

  private final Optional<AiLine> line;
  private final EffectJournal journal;
  private final Permits permits;

  private AiAdapter(Optional<AiLine> line, EffectJournal journal, Permits permits) {
    this.line = line;
    this.journal = journal;
    this.permits = permits;
  }

  /// What an adapter rests on.
  ///
  /// @param dataDirectory where the folder `ai-records` is
  /// @param clock says what day it is, for the budget
  public record Ground(
      Path dataDirectory, EffectJournal journal, Permits permits, InstantSource clock) {}

  /// Asks the configured model, or nobody.
  ///
  /// @param settings empty for a dry run
  public static AiAdapter of(Optional<AiSettings> settings, Ground ground) {
    return of(settings, ANSWER_WAIT, ground);
  }

  static AiAdapter of(Optional<AiSettings> settings, Duration answerWait, Ground ground) {
    var records = new AiRecords(ground.dataDirectory());
    return new AiAdapter(
        settings.map(s ->
            AiLine.to(
                s,
                answerWait,
                records,
                new TokenBudget(ground.journal(), s.tokensPerDay(), ground.clock()))),
        ground.journal(),
        ground.permits());
  }

  /// Removes the records of questions that were asked under keys that begin so.
  ///
  /// @param dataDirectory where the folder `ai-records` is
  /// @throws java.io.UncheckedIOException if the disk does not answer
  public static void forget(Path dataDirectory, Collection<String> keyPrefixes) {
    new AiRecords(dataDirectory).forget(keyPrefixes);
  }

  @Override
  public ActionForm form() {
    return FORM;
  }

  @Override
  public boolean isDryRun() {
    return line.isEmpty();
  }

  /// Asks. What the permit is held against is computed from the parameters that are about to be
  /// sent, not from what the caller says they are.
  @Override
  public AdapterOutcome execute(Permit permit, Action action) {
    AiParameters parameters;
    try {
      parameters = AiParameters.read(action.parameters());
    } catch (MalformedInput e) {
      String code = FORM.missing(action.parameters()).orElse("ai_parameters_invalid");
      return new AdapterOutcome.Rejected(code, e.pointer() + " " + e.problem());
    }
    permits.redeem(permit, permit.digestOf(FORM, parameters.action()));
    String effectKey = permit.effectKey();
    if (line.isEmpty()) {
      return journal.dryRun(
          new Intent(effectKey, FORM.type(), notAsked()),
          ".json",
          parameters.request(NO_MODEL, NO_MODELS_TOKENS_FIELD));
    }
    return journal.once(
        new Intent(effectKey, FORM.type(), JsonObject.EMPTY),
        () -> line.get().ask(parameters, effectKey));
  }

  @Override
  public Lookup find(String effectKey) {
    return journal.find(effectKey);
  }

  private static JsonObject notAsked() {
    return JsonObject.builder()
        .put("answer", JsonNull.NULL)
        .put("dry_run", true)
        .put("finish_reason", "not_asked")
        .put("usage", JsonNull.NULL)
        .build();
  }
}
