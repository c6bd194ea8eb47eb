package dev.fedcore.adapters.outbox;

import dev.fedcore.engine.adapter.Adapter.Lookup;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;

/// An effect as it stands in the journal.
record EffectRow(
    boolean isDryRun,
    State state,
    String reference,
    JsonObject output,
    String code,
    String message) {

  /// How far it has come.
  enum State {
    BEGUN,
    DONE,
    REJECTED,
    NOT_NOW,
    IN_DOUBT
  }

  static final String NO_KNOWN_END = "an earlier execution under this key has no known end";

  /// The columns that [#read] takes.
  static final String COLUMNS = "dry_run, state, reference, output, code, message";

  static EffectRow read(ResultSet row) throws SQLException {
    return new EffectRow(
        row.getBoolean("dry_run"),
        State.valueOf(row.getString("state")),
        row.getString("reference"),
        json(row.getString("output")),
        row.getString("code"),
        row.getString("message"));
  }

  /// The row of an effect that ended so.
  EffectRow ended(AdapterOutcome outcome) {
    return switch (outcome) {
      case AdapterOutcome.Done(var effect, var out) ->
          new EffectRow(isDryRun, State.DONE, effect, out, "", "");
      case AdapterOutcome.Rejected(var why, var says) ->
          new EffectRow(isDryRun, State.REJECTED, reference, output, why, says);
      case AdapterOutcome.NotNow(var why, var says) ->
          new EffectRow(isDryRun, State.NOT_NOW, reference, output, why, says);
      case AdapterOutcome.InDoubt(var cause) ->
          new EffectRow(isDryRun, State.IN_DOUBT, reference, output, "", cause);
    };
  }

  /// What was answered when it ended.
  AdapterOutcome outcome() {
    return switch (state) {
      case BEGUN -> new AdapterOutcome.InDoubt(NO_KNOWN_END);
      case DONE -> new AdapterOutcome.Done(reference, output);
      case REJECTED -> new AdapterOutcome.Rejected(code, message);
      case NOT_NOW -> new AdapterOutcome.NotNow(code, message);
      case IN_DOUBT -> new AdapterOutcome.InDoubt(message);
    };
  }

  /// What is known of it, as long as nobody has reported on it.
  Lookup lookup() {
    return switch (state) {
      case BEGUN -> new Lookup.Unknowable(NO_KNOWN_END);
      case DONE -> new Lookup.Found(reference, output);
      case REJECTED, NOT_NOW -> new Lookup.Absent();
      case IN_DOUBT -> new Lookup.Unknowable(message);
    };
  }

  static String text(JsonObject json) {
    return new String(json.canonicalBytes(), StandardCharsets.UTF_8);
  }

  private static JsonObject json(String canonical) {
    return JsonReader.readObject(
        canonical.getBytes(StandardCharsets.UTF_8),
        new JsonLimits(EffectJournal.OUTPUT_BYTES_MAX, 128, 100_000));
  }
}
