package dev.fedcore.adapters.email;

import dev.fedcore.adapters.outbox.EffectJournal;
import dev.fedcore.adapters.outbox.Intent;
import dev.fedcore.engine.adapter.ActionForm;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.adapter.Permit;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import jakarta.mail.Session;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;

/// Sends e-mail, or leaves it in the folder `outbox` when no server is configured.
///
/// The receiver knows no key, so a message whose end was not confirmed is in doubt, and stays so
/// until a person looks for its Message-ID. Safe for use by many threads at once; a message takes
/// at most 75 seconds.
public final class EmailAdapter implements Adapter {

  private static final EmailForm FORM = new EmailForm();

  /// Where letters come from that nobody sends (RFC 2606).
  private static final String NOBODY = "dry-run@fedcore.invalid";

  private final String from;
  private final Session session;
  private final Optional<SmtpLine> line;
  private final EffectJournal journal;
  private final Permits permits;
  private final InstantSource clock;

  EmailAdapter(
      String from,
      Optional<SmtpLine> line,
      EffectJournal journal,
      Permits permits,
      InstantSource clock) {
    this.from = from;
    this.session = line.map(SmtpLine::session).orElseGet(EmailAdapter::dryRunSession);
    this.line = line;
    this.journal = journal;
    this.permits = permits;
    this.clock = clock;
  }

  /// Sends through the configured server, or not at all.
  ///
  /// @param settings empty for a dry run
  /// @param clock dates the letters
  public static EmailAdapter of(
      Optional<EmailSettings> settings,
      EffectJournal journal,
      Permits permits,
      InstantSource clock) {
    return new EmailAdapter(
        settings.map(EmailSettings::from).orElse(NOBODY),
        settings.map(s -> new SmtpLine(s, Optional.empty(), clock)),
        journal,
        permits,
        clock);
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
    EmailParameters parameters;
    try {
      parameters = EmailParameters.read(action.parameters());
    } catch (MalformedInput e) {
      String code = FORM.missing(action.parameters()).orElse("email_parameters_invalid");
      return new AdapterOutcome.Rejected(code, e.pointer() + " " + e.problem());
    }
    permits.redeem(permit, permit.digestOf(FORM, parameters.action()));
    Letter letter = Letter.write(session, from, parameters, permit.effectKey(), clock.instant());
    JsonObject output = parameters.output(isDryRun());
    var intent = new Intent(permit.effectKey(), FORM.type(), output);
    return line.isEmpty()
        ? journal.dryRun(intent, ".eml", letter.bytes())
        : journal.once(intent, () -> line.get().send(letter, output));
  }

  @Override
  public Lookup find(String effectKey) {
    return journal.find(effectKey);
  }

  private static Session dryRunSession() {
    return Session.getInstance(new Properties());
  }
}
