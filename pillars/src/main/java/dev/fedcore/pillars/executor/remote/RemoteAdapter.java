package dev.fedcore.pillars.executor.remote;

import dev.fedcore.engine.adapter.ActionForm;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.adapter.Permit;
import dev.fedcore.engine.adapter.PermitJson;
import dev.fedcore.engine.adapter.PermitRefused;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonValue;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.ProblemKind;
import dev.fedcore.http.client.Credentials;
import dev.fedcore.http.client.ServiceClient;
import dev.fedcore.http.client.ServiceClient.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An adapter in the executor's process. What an action looks like is known here; only carrying it
/// out, and asking what became of it, goes over HTTP.
public final class RemoteAdapter implements Adapter {

  /// The longest that any adapter may take, and the way there and back.
  public static final Duration ANSWER_MAX = Duration.ofSeconds(90);

  private final ActionForm form;
  private final ServiceClient executor;
  private final Credentials credentials;

  /// @param executor with a limit of [#ANSWER_MAX]
  public RemoteAdapter(ActionForm form, ServiceClient executor, Credentials credentials) {
    this.form = form;
    this.executor = executor;
    this.credentials = credentials;
  }

  @Override
  public ActionForm form() {
    return form;
  }

  /// Asks the executor each time. Until it answers, actions count as real.
  @Override
  public boolean isDryRun() {
    return executor.get("/adapters", List.of()) instanceof Answer.Heard heard
        && heard.body().map(this::saysDryRun).orElse(false);
  }

  @Override
  public AdapterOutcome execute(Permit permit, Action action) {
    var body =
        JsonObject.builder()
            .put("permit", PermitJson.of(permit))
            .put(
                "action",
                JsonObject.builder()
                    .put("target", action.target())
                    .put("parameters", action.parameters())
                    .build())
            .build();
    return switch (post("executions", body)) {
      case Answer.Heard heard when heard.isSuccess() -> outcome(heard);
      case Answer.Heard heard when heard.status() == ProblemKind.PERMIT_REFUSED.status() ->
          throw new PermitRefused("the executor refused the permit");
      case Answer.Heard heard ->
          new AdapterOutcome.InDoubt("the executor answered " + heard.status());
      case Answer.Unreachable(String why) -> new AdapterOutcome.NotNow("executor_unreachable", why);
      case Answer.Lost(String why) -> new AdapterOutcome.InDoubt(why);
    };
  }

  @Override
  public Lookup find(String effectKey) {
    JsonObject body = JsonObject.builder().put("effect_key", effectKey).build();
    return switch (post("lookups", body)) {
      case Answer.Heard heard when heard.isSuccess() && heard.body().isPresent() ->
          Wire.lookup(heard.body().get());
      case Answer.Heard heard -> new Lookup.Unknowable("the executor answered " + heard.status());
      case Answer.Unreachable(String why) -> new Lookup.Unknowable(why);
      case Answer.Lost(String why) -> new Lookup.Unknowable(why);
    };
  }

  private Answer post(String what, JsonObject body) {
    return executor.post(
        "/adapters/%s/%s".formatted(type(), what), body, credentials.headers(Optional.empty()));
  }

  private boolean saysDryRun(JsonObject list) {
    for (JsonValue item : JsonFields.of(list, "").array("adapters")) {
      JsonFields adapter = JsonFields.of((JsonObject) item, "/adapters");
      if (adapter.string("action_type").equals(type())) {
        return adapter.bool("dry_run", false);
      }
    }
    return false;
  }

  private static AdapterOutcome outcome(Answer.Heard heard) {
    try {
      return Wire.outcome(heard.body().orElse(JsonObject.EMPTY));
    } catch (MalformedInput e) {
      return new AdapterOutcome.InDoubt("the executor's answer cannot be read");
    }
  }
}
