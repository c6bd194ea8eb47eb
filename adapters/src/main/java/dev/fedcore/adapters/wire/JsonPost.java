package dev.fedcore.adapters.wire;

import dev.fedcore.adapters.settings.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/// Posts JSON to one address and reads the answer.
///
/// Every request has a connection of its own, over HTTP/1.1: on one that has been idle, a request
/// that meets the other side's hanging up could not be told from one whose answer was lost. No
/// redirect is followed. Safe for use by many threads at once; they wait for the answer, so they
/// are best virtual ones.
public final class JsonPost {

  /// The longest answer that is read, in bytes: 1 MiB.
  public static final int ANSWER_BYTES_MAX = 1 << 20;

  /// The most requests at once. Each holds a connection and a thread.
  static final int AT_ONCE_MAX = 16;

  /// How long a request whose turn it is waits for a connection.
  static final Duration CONNECT_WAIT = Duration.ofSeconds(5);

  private final URI uri;
  private final Optional<Secret> bearer;
  private final Duration answerWait;
  private final Turns turns = new Turns(AT_ONCE_MAX);

  /// @param bearer the token that goes along
  /// @param answerWait the longest time from the connection to the last byte of the answer
  public JsonPost(URI uri, Optional<Secret> bearer, Duration answerWait) {
    this.uri = uri;
    this.bearer = bearer;
    this.answerWait = answerWait;
  }

  /// Sends `json` once.
  public HttpAnswer post(byte[] json) {
    try {
      if (!turns.take(json.length)) {
        return new HttpAnswer.NotSent("too many requests are waiting for their answers");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new HttpAnswer.NotSent("interrupted");
    }
    try {
      return exchange(new WatchedBody(json));
    } finally {
      turns.giveBack(json.length);
    }
  }

  private HttpAnswer exchange(WatchedBody body) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_WAIT)
            .build();
    try {
      CompletableFuture<HttpResponse<byte[]>> answer =
          client.sendAsync(
              request(body), BodyHandlers.limiting(BodyHandlers.ofByteArray(), ANSWER_BYTES_MAX));
      HttpResponse<byte[]> response =
          answer.get(answerWait.plus(CONNECT_WAIT).toMillis(), TimeUnit.MILLISECONDS);
      return new HttpAnswer.Complete(
          response.statusCode(), response.headers().firstValue("Retry-After"), response.body());
    } catch (ExecutionException e) {
      return broken(body, String.valueOf(e.getCause()));
    } catch (TimeoutException _) {
      return broken(body, "no complete answer in time");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return broken(body, "interrupted");
    } finally {
      client.shutdownNow();
    }
  }

  private HttpRequest request(WatchedBody body) {
    var request =
        HttpRequest.newBuilder(uri)
            .header("Accept", "application/json")
            .header("Content-Type", "application/json")
            .POST(body);
    bearer.ifPresent(token -> request.header("Authorization", "Bearer " + token.value()));
    return request.build();
  }

  private static HttpAnswer broken(WatchedBody body, String cause) {
    return body.giveUp() ? new HttpAnswer.NotSent(cause) : new HttpAnswer.Lost(cause);
  }

  /// Gives its bytes out once, and knows whether anybody has begun to send them.
  private static final class WatchedBody implements HttpRequest.BodyPublisher {

    private static final Subscription NOTHING =
        new Subscription() {
          @Override
          public void request(long n) {}

          @Override
          public void cancel() {}
        };

    private final HttpRequest.BodyPublisher bytes;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    private enum State {
      WAITING,
      BEGUN,
      GIVEN_UP
    }

    WatchedBody(byte[] bytes) {
      this.bytes = BodyPublishers.ofByteArray(bytes);
    }

    /// Keeps the bytes here for good; false if it is too late for that.
    boolean giveUp() {
      return state.compareAndSet(State.WAITING, State.GIVEN_UP);
    }

    @Override
    public long contentLength() {
      return bytes.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
      if (state.compareAndSet(State.WAITING, State.BEGUN)) {
        bytes.subscribe(subscriber);
      } else {
        subscriber.onSubscribe(NOTHING);
        subscriber.onError(new IOException("the body is not given out a second time"));
      }
    }
  }
}
