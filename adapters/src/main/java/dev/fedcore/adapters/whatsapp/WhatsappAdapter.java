package dev.fedcore.adapters.whatsapp;

import dev.fedcore.adapters.outbox.EffectJournal;
import dev.fedcore.adapters.outbox.Intent;
import dev.fedcore.adapters.wire.Circuit;
import dev.fedcore.adapters.wire.JsonPost;
import dev.fedcore.engine.adapter.ActionForm;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.adapter.Permit;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// Sends WhatsApp messages, or leaves them in the folder `outbox` when nothing is configured.
///
/// Keeps within the pair limit and the number's rate by itself: beyond them nothing is sent, nor
/// while Meta does not know us. Meta's answer means accepted, not delivered. Safe for use by many
/// threads at once; a message takes at most 45 seconds.
public final class WhatsappAdapter implements Adapter {

  private static final WhatsappForm FORM = new WhatsappForm();

  /// The longest time for one request and its answer.
  private static final Duration ANSWER_WAIT = Duration.ofSeconds(30);

  /// One message in 6 seconds to the same recipient, 45 of them at once.
  private static final Duration PAIR_EACH = Duration.ofSeconds(6);

  private static final int PAIR_BURST = 45;

  private final Optional<Line> line;
  private final EffectJournal journal;
  private final Permits permits;

  private WhatsappAdapter(Optional<Line> line, EffectJournal journal, Permits permits) {
    this.line = line;
    this.journal = journal;
    this.permits = permits;
  }

  /// Sends through the Cloud API, or not at all.
  ///
  /// @param settings empty for a dry run
  /// @param clock of the limits
  public static WhatsappAdapter of(
      Optional<WhatsappSettings> settings,
      EffectJournal journal,
      Permits permits,
      InstantSource clock) {
    return new WhatsappAdapter(settings.map(s -> Line.to(s, ANSWER_WAIT, clock)), journal, permits);
  }

  static WhatsappAdapter impatient(
      WhatsappSettings settings,
      Duration answerWait,
      EffectJournal journal,
      Permits permits,
      InstantSource clock) {
    return new WhatsappAdapter(Optional.of(Line.to(settings, answerWait, clock)), journal, permits);
  }

  @Override
  public ActionForm form() {
    return FORM;
  }

  @Override
  public boolean isDryRun() {
    return line.isEmpty();
  }

  /// Sends the message. What the permit is held against is computed from the parameters that are
  /// about to be sent, not from what the caller says they are.
  @Override
  public AdapterOutcome execute(Permit permit, Action action) {
    WhatsappParameters parameters;
    try {
      parameters = WhatsappParameters.read(action.parameters());
    } catch (MalformedInput e) {
      String code = FORM.missing(action.parameters()).orElse("whatsapp_parameters_invalid");
      return new AdapterOutcome.Rejected(code, e.pointer() + " " + e.problem());
    }
    permits.redeem(permit, permit.digestOf(FORM, parameters.action()));
    if (line.isPresent() && parameters.isExample()) {
      return new AdapterOutcome.Rejected(
          "recipient_is_an_example", "a number with X in it is nobody's; nothing was sent");
    }
    JsonObject output = parameters.output(isDryRun());
    byte[] request = parameters.request(permit.effectKey());
    var intent = new Intent(permit.effectKey(), FORM.type(), output);
    return line.isEmpty()
        ? journal.dryRun(intent, ".json", request)
        : journal.once(intent, () -> line.get().send(parameters.recipient(), request, output));
  }

  @Override
  public Lookup find(String effectKey) {
    return journal.find(effectKey);
  }

  /// The way to the Cloud API, with its limits.
  private record Line(JsonPost post, CloudAnswer answers, Circuit circuit, Pace pair, Pace all) {

    private static final String EVERYBODY = "";

    static Line to(WhatsappSettings settings, Duration answerWait, InstantSource clock) {
      int perSecond = Math.toIntExact(settings.messagesPerSecond());
      return new Line(
          new JsonPost(settings.messages(), Optional.of(settings.token()), answerWait),
          new CloudAnswer(settings.token()),
          new Circuit(FORM.type(), clock),
          new Pace(PAIR_EACH, PAIR_BURST, clock),
          new Pace(Duration.ofSeconds(1).dividedBy(perSecond), perSecond, clock));
    }

    AdapterOutcome send(String recipient, byte[] request, JsonObject output) {
      if (!all.passes(EVERYBODY)) {
        return new AdapterOutcome.NotNow(
            "throughput_limit", "the number sends as much as it may; nothing was sent");
      }
      if (!pair.passes(recipient)) {
        return new AdapterOutcome.NotNow(
            "pair_limit",
            "one message in 6 seconds may go to the same recipient, 45 at once; nothing was sent");
      }
      Optional<String> stopped = circuit.stopped();
      if (stopped.isPresent()) {
        return new AdapterOutcome.NotNow(
            "whatsapp_stopped",
            "nothing was sent, as the Cloud API has refused us and is asked again in a while: "
                + stopped.get());
      }
      CloudAnswer.Verdict verdict = answers.verdict(post.post(request), output);
      String said =
          verdict.outcome() instanceof AdapterOutcome.Rejected(String code, String message)
              ? code + ": " + message
              : "";
      circuit.heard(verdict.standing(), said);
      return verdict.outcome();
    }
  }
}
