package dev.fedcore.server.erasure;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.http.client.Credentials;
import dev.fedcore.http.client.ServiceClient;
import dev.fedcore.http.client.ServiceClient.Answer;
import dev.fedcore.http.erasure.ErasureAnswer;
import dev.fedcore.http.erasure.ErasureRequest;
import dev.fedcore.kernel.identity.Principal;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A service that is told of people, and erases them itself when it is asked: Bucket, Karma.
///
/// @param name as answers and `not_reached` call it
/// @param client with a limit of [#ANSWER_MAX]
public record PeopleService(String name, ServiceClient client, Credentials credentials) {

  /// How long it may take: it looks at all that it has, and writes its files anew.
  public static final Duration ANSWER_MAX = Duration.ofMinutes(10);

  private static final Logger LOG = LoggerFactory.getLogger(PeopleService.class);

  /// Hands an erasure on.
  ///
  /// @param by who asks, in whose tenant and name the service does it
  /// @return what went; empty if the service did not say that it is done
  Optional<ErasureAnswer> erase(Principal by, ErasureRequest wanted) {
    var headers = credentials.headers(Optional.of(by.actor()), by.tenant());
    Answer answer = client.post(ErasureRequest.PATH, wanted.json(), headers);
    if (answer instanceof Answer.Heard heard && heard.isSuccess()) {
      return read(heard.body().orElse(JsonObject.EMPTY));
    }
    return without(String.valueOf(answer));
  }

  private Optional<ErasureAnswer> read(JsonObject body) {
    try {
      return Optional.of(ErasureAnswer.read(body));
    } catch (MalformedInput malformed) {
      return without(String.valueOf(malformed.getMessage()));
    }
  }

  private Optional<ErasureAnswer> without(String why) {
    LOG.warn("event=erasure_not_handed_on service={} why=\"{}\"", name, why);
    return Optional.empty();
  }
}
