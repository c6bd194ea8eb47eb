package dev.fedcore.adapters.ai;

import dev.fedcore.adapters.form.PlainText;
import dev.fedcore.adapters.settings.Secret;
import dev.fedcore.adapters.wire.HttpAnswer;
import dev.fedcore.adapters.wire.JsonPost;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.JsonString;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.sqlite.StoreUnavailable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// The way to a model: within the budget, once, and recorded.
record AiLine(AiSettings settings, JsonPost post, AiRecords records, TokenBudget budget) {

  private static final int REQUEST_TIMEOUT = 408;
  private static final int CONFLICT = 409;
  private static final int TOO_MANY_REQUESTS = 429;

  static AiLine to(
      AiSettings settings, Duration answerWait, AiRecords records, TokenBudget budget) {
    var post = new JsonPost(settings.completions(), settings.key(), answerWait);
    return new AiLine(settings, post, records, budget);
  }

  AdapterOutcome ask(AiParameters parameters, String effectKey) {
    byte[] request = parameters.request(settings.model(), settings.tokensField());
    return settings.isReplay()
        ? replayed(parameters, request, effectKey)
        : paid(parameters, request, effectKey);
  }

  private AdapterOutcome replayed(AiParameters parameters, byte[] request, String effectKey) {
    Optional<byte[]> response;
    try {
      response = records.find(request);
    } catch (UncheckedIOException _) {
      return new AdapterOutcome.NotNow("ai_records_unavailable", "the records do not answer");
    }
    return response
        .map(body -> understood(body, parameters, effectKey))
        .orElseGet(() ->
            new AdapterOutcome.Rejected("ai_not_recorded", "no record answers this very request"));
  }

  private AdapterOutcome paid(AiParameters parameters, byte[] request, String effectKey) {
    LocalDate day = budget.today();
    long taken = parameters.tokensAtMost();
    try {
      if (!budget.take(day, taken)) {
        return new AdapterOutcome.NotNow(
            "ai_budget_exhausted",
            "at most %,d tokens a day may be used, and too few are left until midnight UTC"
                .formatted(settings.tokensPerDay()));
      }
    } catch (StoreUnavailable _) {
      return new AdapterOutcome.NotNow("ai_budget_unknown", "the token budget does not answer");
    }
    return switch (post.post(request)) {
      case HttpAnswer.NotSent(String cause) -> {
        budget.settle(day, taken, 0);
        yield new AdapterOutcome.NotNow("ai_unreachable", "nothing was asked: " + plain(cause));
      }
      case HttpAnswer.Lost(String cause) ->
          new AdapterOutcome.InDoubt("the model's answer was lost: " + plain(cause));
      case HttpAnswer.Complete answer when answer.status() != 200 -> {
        budget.settle(day, taken, 0);
        yield refused(answer);
      }
      case HttpAnswer.Complete answer -> {
        AdapterOutcome outcome = kept(request, answer.body(), parameters, effectKey);
        budget.settle(day, taken, cost(answer.body(), taken));
        yield outcome;
      }
    };
  }

  /// An answer that cannot be recorded is none: nobody could check it afterwards.
  private AdapterOutcome kept(
      byte[] request, byte[] response, AiParameters parameters, String effectKey) {
    try {
      records.keep(effectKey, request, response);
    } catch (UncheckedIOException _) {
      return new AdapterOutcome.NotNow(
          "ai_records_unavailable", "the answer could not be recorded, and is thrown away");
    }
    return understood(response, parameters, effectKey);
  }

  private AdapterOutcome understood(byte[] response, AiParameters parameters, String effectKey) {
    try {
      return ChatAnswer.read(response).outcome(parameters.schema(), effectKey);
    } catch (MalformedInput e) {
      return new AdapterOutcome.Rejected(
          "ai_answer_malformed",
          "the server answered no chat completion: " + plain(e.pointer() + " " + e.problem()));
    }
  }

  private static long cost(byte[] response, long otherwise) {
    try {
      return ChatAnswer.read(response).tokens().orElse(otherwise);
    } catch (MalformedInput _) {
      return otherwise;
    }
  }

  /// A question leaves nothing behind, so every complete refusal is one.
  private AdapterOutcome refused(HttpAnswer.Complete answer) {
    int status = answer.status();
    String message = "the server answered with status %d%s".formatted(status, said(answer));
    if (status == 401 || status == 403) {
      return new AdapterOutcome.Rejected("ai_not_authorised", message);
    }
    boolean isLater =
        List.of(REQUEST_TIMEOUT, CONFLICT, TOO_MANY_REQUESTS).contains(status) || status >= 500;
    return isLater
        ? new AdapterOutcome.NotNow("ai_later", message + answer.patience())
        : new AdapterOutcome.Rejected("ai_refused", message);
  }

  private String said(HttpAnswer.Complete answer) {
    try {
      return JsonPointers.find(JsonReader.read(answer.body(), JsonLimits.DEFAULT), "/error/message")
          .filter(JsonString.class::isInstance)
          .map(text -> ": " + plain(((JsonString) text).value()))
          .orElse("");
    } catch (MalformedInput _) {
      return "";
    }
  }

  private String plain(String text) {
    List<Secret> secrets = settings.key().stream().toList();
    return PlainText.of(text, secrets);
  }
}
