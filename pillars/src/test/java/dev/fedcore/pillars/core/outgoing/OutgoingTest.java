package dev.fedcore.pillars.core.outgoing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.http.Response;
import dev.fedcore.http.client.Credentials;
import dev.fedcore.http.client.ServiceClient;
import dev.fedcore.pillars.served.Neighbour;
import dev.fedcore.testing.Eventually;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OutgoingTest {

  private static final String PATH = "/take";
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void what_waits_is_bounded_and_what_does_not_fit_is_counted() {
    var open = new CountDownLatch(1);
    try (var neighbour = Neighbour.on(PATH, _ -> answerOnce(open));
        var outgoing = to(neighbour)) {
      int offered = Outgoing.WAITING_MAX + 2 * Outgoing.WORKERS;
      int taken = 0;
      for (int i = 0; i < offered; i++) {
        taken += outgoing.post(parcel(i), _ -> {}) ? 1 : 0;
      }

      assertThat(taken).isEqualTo(Outgoing.WAITING_MAX + Outgoing.WORKERS);
      assertThat(outgoing.counts().dropped()).isEqualTo(Outgoing.WORKERS);
      open.countDown();
    }
  }

  @Test
  void large_bodies_fill_the_queue_by_their_bytes_and_make_room_when_they_left() throws Exception {
    var open = new CountDownLatch(1);
    var large = JsonObject.builder().put("text", "x".repeat(1_000_000)).build();
    var parcel = new Parcel("0".repeat(31) + "1", PATH, large);
    int fit = Outgoing.BYTES_MAX / large.canonicalBytes().length;
    try (var neighbour = Neighbour.on(PATH, _ -> answerOnce(open));
        var outgoing = to(neighbour)) {
      int taken = 0;
      for (int i = 0; i < fit + 5; i++) {
        taken += outgoing.post(parcel, _ -> {}) ? 1 : 0;
      }

      assertThat(taken).isEqualTo(fit);
      assertThat(outgoing.counts().dropped()).isEqualTo(5);
      open.countDown();
      Eventually.holds(PATIENCE, () -> outgoing.counts().sent() == fit);
      assertThat(outgoing.post(parcel, _ -> {})).isTrue();
    }
  }

  @Test
  void every_parcel_is_sent_once_or_counted_otherwise() throws Exception {
    try (var neighbour =
        Neighbour.on(
            PATH, body -> Response.json(body.get("n").isPresent() ? 200 : 403, JsonObject.EMPTY))) {
      var outgoing = to(neighbour);
      for (int i = 0; i < 100; i++) {
        outgoing.post(parcel(i), _ -> {});
      }
      outgoing.post(new Parcel("0".repeat(31) + "1", PATH, JsonObject.EMPTY), _ -> {});
      Eventually.holds(
          PATIENCE, () -> outgoing.counts().sent() + outgoing.counts().refused() == 101);
      outgoing.close();
      outgoing.post(parcel(0), _ -> {});

      assertThat(outgoing.counts()).isEqualTo(new Outgoing.Counts(0, 100, 1, 0, 1));
      assertThat(neighbour.unread()).isEqualTo(101);
    }
  }

  private static Response answerOnce(CountDownLatch open) {
    try {
      open.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Response.json(200, JsonObject.EMPTY);
  }

  private static Outgoing to(Neighbour neighbour) {
    var client = new ServiceClient(neighbour.uri(), PATIENCE);
    return new Outgoing(client, Credentials.trusted("core"));
  }

  private static Parcel parcel(int n) {
    return new Parcel("%032x".formatted(n + 1), PATH, JsonObject.builder().put("n", n).build());
  }
}
