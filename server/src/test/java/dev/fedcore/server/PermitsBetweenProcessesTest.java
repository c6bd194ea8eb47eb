package dev.fedcore.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.engine.adapter.ActionDigest;
import dev.fedcore.engine.adapter.ActionForm;
import dev.fedcore.engine.adapter.ActionForm.Action;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.Adapter.Lookup;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.adapter.Permit;
import dev.fedcore.engine.adapter.PermitOffice;
import dev.fedcore.engine.adapter.PermitRefused;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.http.HttpServer;
import dev.fedcore.http.Problem;
import dev.fedcore.http.Route;
import dev.fedcore.http.Router;
import dev.fedcore.http.client.Credentials;
import dev.fedcore.http.client.ServiceClient;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.pillars.executor.remote.AdapterRoutes;
import dev.fedcore.pillars.executor.remote.RemoteAdapter;
import dev.fedcore.pillars.executor.remote.RemotePermits;
import dev.fedcore.server.api.PermitRoutes;
import dev.fedcore.server.identity.TrustedLoopback;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Adapters in one process, the office whose permits they need in another: everybody who tries to
/// have them act without leave.
class PermitsBetweenProcessesTest {

  private static final Credentials EXECUTOR = Credentials.trusted("workflow_executor");
  private static final RunId RUN = RunId.parse("01a1fdd1-e0d6-77eb-a1ba-2b265fe1df0b");
  private static final StepId STEP = new StepId("act");
  private static final PayloadSalt SALT = new PayloadSalt("5a".repeat(32));
  private static final Duration ANSWER_MAX = Duration.ofSeconds(20);

  /// What each adapter is asked to do.
  private static final Map<String, JsonObject> WANTED =
      Map.of(
          "task", JsonObject.builder().put("title", "x").build(),
          "email",
              JsonObject.builder()
                  .put("recipient", "ann@example.org")
                  .put("subject", "s")
                  .put("body", "b")
                  .build(),
          "whatsapp",
              JsonObject.builder().put("recipient", "+15551234567").put("message", "m").build(),
          "ai", JsonObject.builder().put("prompt", "p").build());

  @TempDir private Path data;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T10:00:00Z"));
  private final InstantSource clock = now::get;
  private final PermitOffice office = office(7);
  private final Deque<Runnable> closing = new ArrayDeque<>();
  private HttpServer federation;
  private List<Adapter> adapters = List.of();

  @BeforeEach
  void start() {
    federation = serve(new PermitRoutes(office).routes());
    var permits = new RemotePermits(new ServiceClient(federation.uri(), ANSWER_MAX), EXECUTOR);
    Acting acting = Acting.here(data, permits, Map.of(), clock, closing);
    URI executor = serve(new AdapterRoutes(acting.adapters()).routes()).uri();
    adapters = Acting.at(executor, EXECUTOR).adapters();
  }

  @AfterEach
  void stop() {
    while (!closing.isEmpty()) {
      closing.pop().run();
    }
  }

  @Test
  void with_leave_every_adapter_acts_once() {
    for (Adapter adapter : adapters) {
      Permit permit = permit(adapter.form(), office);

      assertThat(adapter.execute(permit, action(adapter.form())))
          .as(adapter.type())
          .isInstanceOf(AdapterOutcome.Done.class);
      assertThat(adapter.find(permit.effectKey())).isInstanceOf(Lookup.Found.class);
    }
  }

  @Test
  void a_forged_signature_is_no_leave() {
    for (Adapter adapter : adapters) {
      Permit genuine = permit(adapter.form(), office);
      refused(adapter, signed(genuine, "0".repeat(64)), action(adapter.form()));
      refused(adapter, permit(adapter.form(), office(8)), action(adapter.form()));
    }
  }

  @Test
  void leave_for_one_action_is_none_for_another() {
    for (Adapter adapter : adapters) {
      Action wanted = action(adapter.form());
      Permit other =
          office.issue(
              TenantId.DEFAULT,
              RUN,
              STEP,
              1,
              bound(adapter.form(), new Action(wanted.target() + "x", wanted.parameters())),
              "ann");
      refused(adapter, other, wanted);
    }
  }

  @Test
  void what_the_caller_says_the_target_is_does_not_count() {
    Adapter task = adapter("task");
    Permit payroll = permit(task.form(), office);
    JsonObject parameters = JsonObject.builder().put("title", "x").put("list", "payroll").build();

    refused(task, payroll, new Action(action(task.form()).target(), parameters));
  }

  @Test
  void leave_is_used_up() {
    for (Adapter adapter : adapters) {
      Permit permit = permit(adapter.form(), office);
      adapter.execute(permit, action(adapter.form()));

      assertThatThrownBy(() -> adapter.execute(permit, action(adapter.form())))
          .as(adapter.type())
          .isInstanceOf(PermitRefused.class);
    }
  }

  @Test
  void leave_lapses() {
    for (Adapter adapter : adapters) {
      Permit permit = permit(adapter.form(), office);
      now.updateAndGet(time -> time.plus(PermitOffice.VALIDITY));

      refused(adapter, permit, action(adapter.form()));
    }
  }

  @Test
  void while_the_office_is_away_nobody_acts() {
    federation.close();
    for (Adapter adapter : adapters) {
      refused(adapter, permit(adapter.form(), office), action(adapter.form()));
    }
  }

  @Test
  void while_the_executor_is_away_nothing_is_sent() {
    URI nobody = URI.create("http://127.0.0.1:" + ServedHouse.freePorts().get(Role.EXECUTOR));
    var away =
        new RemoteAdapter(adapter("task").form(), new ServiceClient(nobody, ANSWER_MAX), EXECUTOR);
    Permit permit = permit(away.form(), office);

    assertThat(away.execute(permit, action(away.form()))).isInstanceOf(AdapterOutcome.NotNow.class);
    assertThat(away.find(permit.effectKey())).isInstanceOf(Lookup.Unknowable.class);
  }

  private static void refused(Adapter adapter, Permit permit, Action action) {
    assertThatThrownBy(() -> adapter.execute(permit, action))
        .as(adapter.type())
        .isInstanceOf(PermitRefused.class);
    assertThat(adapter.find(permit.effectKey()))
        .as(adapter.type())
        .isInstanceOf(Lookup.Absent.class);
  }

  private Adapter adapter(String type) {
    return adapters.stream().filter(a -> a.type().equals(type)).findFirst().orElseThrow();
  }

  private static Action action(ActionForm form) {
    return form.normalise(WANTED.getOrDefault(form.type(), JsonObject.EMPTY));
  }

  private static PermitOffice.Bound bound(ActionForm form, Action action) {
    return new PermitOffice.Bound(ActionDigest.of(form, action, "ann", SALT), SALT);
  }

  /// A permit of its own run for each kind of action.
  private static Permit permit(ActionForm form, PermitOffice office) {
    return office.issue(
        TenantId.DEFAULT, RUN, new StepId(form.type()), 1, bound(form, action(form)), "ann");
  }

  private static Permit signed(Permit permit, String signature) {
    return new Permit(
        permit.tenant(),
        permit.run(),
        permit.step(),
        permit.attempt(),
        permit.action(),
        permit.salt(),
        permit.actor(),
        permit.effectKey(),
        permit.notAfter(),
        signature);
  }

  private PermitOffice office(int seed) {
    byte[] key = new byte[PermitOffice.KEY_BYTES];
    new SplittableRandom(seed).nextBytes(key);
    return new PermitOffice(key, clock);
  }

  private HttpServer serve(List<Route> routes) {
    var router =
        new Router(
            routes,
            new TrustedLoopback(),
            (_, _, _, _) -> {},
            new SplittableRandom(1),
            System::nanoTime,
            Problem::toResponse);
    HttpServer server = HttpServer.start("127.0.0.1", 0, router);
    closing.push(server::close);
    return server;
  }
}
