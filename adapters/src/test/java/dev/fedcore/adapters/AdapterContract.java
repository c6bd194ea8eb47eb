package dev.fedcore.adapters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fedcore.engine.adapter.ActionDigest;
import dev.fedcore.engine.adapter.ActionForm.Action;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.Adapter.Lookup;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.adapter.AdapterOutcome.Done;
import dev.fedcore.engine.adapter.AdapterOutcome.Rejected;
import dev.fedcore.engine.adapter.Permit;
import dev.fedcore.engine.adapter.PermitOffice;
import dev.fedcore.engine.adapter.PermitRefused;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.evidence.json.JsonBoolean;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.receipt.PayloadSalt;
import dev.fedcore.kernel.identity.Digest;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.identity.TenantId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every adapter promises, whatever it acts on. A test of one says how to make it, what it can
/// do, and how many effects there are.
public abstract class AdapterContract {

  protected static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  protected static final TenantId TENANT = new TenantId("acme");
  protected static final String ACTOR = "ann";

  private static final PayloadSalt SALT = new PayloadSalt("5a".repeat(32));

  /// What the clock says; a test may set it.
  protected final AtomicReference<Instant> now = new AtomicReference<>(NOON);

  protected final InstantSource clock = now::get;

  protected final PermitOffice office = new PermitOffice(new byte[PermitOffice.KEY_BYTES], clock);

  /// The adapter under test, the same one for the whole of a test.
  protected abstract Adapter adapter();

  /// Another adapter on the same receiver that hands permits in at `permits`.
  protected abstract Adapter adapterWith(Permits permits);

  /// Parameters that the adapter accepts and that leave an effect; equal numbers, equal parameters.
  protected abstract JsonObject parameters(int number);

  /// How many effects the receiver has.
  protected abstract int effects();

  /// Leave for exactly `action`.
  protected final Permit permit(RunId run, int attempt, Action action) {
    return office.issue(TENANT, run, new StepId("act"), attempt, bound(action), ACTOR);
  }

  protected static final RunId run(int number) {
    return new RunId(new UUID(0x0190_0000_0000_7000L, 0x8000_0000_0000_0000L | number));
  }

  protected final Action action(int number) {
    return adapter().normalise(parameters(number));
  }

  /// What leave for exactly `action` is bound to.
  protected final PermitOffice.Bound bound(Action action) {
    return new PermitOffice.Bound(digest(action), SALT);
  }

  private Digest digest(Action action) {
    return ActionDigest.of(adapter().type(), adapter().version(), action, ACTOR, SALT);
  }

  @Test
  void does_what_it_has_leave_for() {
    Permit permit = permit(run(1), 1, action(1));

    AdapterOutcome outcome = adapter().execute(permit, action(1));

    assertThat(outcome)
        .isInstanceOfSatisfying(Done.class, done -> assertThat(done.effect()).isNotBlank());
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void brings_a_normal_form_into_the_same_normal_form() {
    Action normal = action(1);

    assertThat(adapter().normalise(normal.parameters())).isEqualTo(normal);
    assertThat(digest(adapter().normalise(normal.parameters()))).isEqualTo(digest(normal));
  }

  @Test
  void puts_out_the_same_for_the_same_action_of_two_runs() {
    AdapterOutcome first = adapter().execute(permit(run(1), 1, action(1)), action(1));
    AdapterOutcome second = adapter().execute(permit(run(2), 1, action(1)), action(1));

    assertThat(output(second).canonicalBytes()).isEqualTo(output(first).canonicalBytes());
    assertThat(effect(second)).isNotEqualTo(effect(first));
    assertThat(effects()).isEqualTo(2);
  }

  @Test
  void hands_its_permit_in_before_anything_is_done() {
    Adapter watched =
        adapterWith((_, _) -> {
          assertThat(effects()).as("effects when the permit is handed in").isZero();
          throw new PermitRefused("not today");
        });

    assertThatThrownBy(() -> watched.execute(permit(run(1), 1, action(1)), action(1)))
        .isInstanceOf(PermitRefused.class)
        .hasMessage("not today");
    assertThat(effects()).isZero();
  }

  @Test
  void hands_its_permit_in_with_the_digest_of_what_it_is_about_to_do() {
    var seen = new AtomicReference<Digest>();
    Adapter watched = adapterWith((_, digest) -> seen.set(digest));

    watched.execute(permit(run(1), 1, action(1)), action(1));

    assertThat(seen.get()).isEqualTo(digest(action(1)));
  }

  @Test
  void does_nothing_with_a_permit_for_another_action() {
    Permit other = permit(run(1), 1, action(2));

    assertRefused(other, action(1), "the permit is for action");
  }

  @Test
  void does_nothing_for_another_actor_than_the_permits() {
    Permit p = permit(run(1), 1, action(1));
    var forged =
        new Permit(
            p.tenant(),
            p.run(),
            p.step(),
            p.attempt(),
            p.action(),
            p.salt(),
            "mallory",
            p.effectKey(),
            p.notAfter(),
            p.signature());

    assertRefused(forged, action(1), "the permit's signature is wrong");
  }

  @Test
  void does_nothing_with_a_permit_whose_time_is_over() {
    Permit permit = permit(run(1), 1, action(1));
    now.set(permit.notAfter());

    assertRefused(permit, action(1), "the permit was good until");
  }

  @Test
  void does_nothing_with_a_permit_from_another_office() {
    byte[] otherKey = new byte[PermitOffice.KEY_BYTES];
    otherKey[0] = 1;
    Permit foreign =
        new PermitOffice(otherKey, clock)
            .issue(TENANT, run(1), new StepId("act"), 1, bound(action(1)), ACTOR);

    assertRefused(foreign, action(1), "the permit's signature is wrong");
  }

  @Test
  void does_nothing_a_second_time_with_the_same_permit() {
    Permit permit = permit(run(1), 1, action(1));
    adapter().execute(permit, action(1));

    assertThatThrownBy(() -> adapter().execute(permit, action(1)))
        .isInstanceOf(PermitRefused.class);
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void leaves_one_effect_under_one_key_even_without_an_office_to_stop_it() {
    Adapter unguarded = adapterWith((_, _) -> {});
    Permit permit = permit(run(1), 1, action(1));

    AdapterOutcome first = unguarded.execute(permit, action(1));
    AdapterOutcome second = unguarded.execute(permit, action(1));

    assertThat(second).isEqualTo(first);
    assertThat(effects()).isEqualTo(1);
  }

  @Test
  void finds_what_was_done_under_a_key_and_nothing_before() {
    Permit permit = permit(run(1), 1, action(1));
    assertThat(adapter().find(permit.effectKey())).isEqualTo(new Lookup.Absent());

    AdapterOutcome outcome = adapter().execute(permit, action(1));

    assertThat(adapter().find(permit.effectKey()))
        .isEqualTo(new Lookup.Found(effect(outcome), output(outcome)));
    assertThat(adapter().find(permit(run(1), 2, action(1)).effectKey()))
        .isEqualTo(new Lookup.Absent());
  }

  @Test
  void names_the_first_parameter_that_is_missing() {
    Action empty = new Action("", JsonObject.EMPTY);

    String code = adapter().missing(JsonObject.EMPTY).orElseThrow();

    assertThat(code).startsWith("missing_");
    assertThat(adapter().missing(parameters(1))).isEmpty();
    assertThat(adapter().execute(permit(run(1), 1, empty), empty))
        .isInstanceOfSatisfying(
            Rejected.class, rejected -> assertThat(rejected.code()).isEqualTo(code));
    assertThat(effects()).isZero();
  }

  @Test
  void says_in_its_output_when_nothing_has_left() {
    AdapterOutcome outcome = adapter().execute(permit(run(1), 1, action(1)), action(1));

    assertThat(output(outcome).get("dry_run").filter(JsonBoolean.TRUE::equals).isPresent())
        .isEqualTo(adapter().isDryRun());
  }

  @Test
  void keeps_concurrent_executions_apart() throws Exception {
    assertThat(effects()).isZero();
    Adapter shared = adapter();
    List<Callable<AdapterOutcome>> executions =
        IntStream.rangeClosed(1, 200)
            .<Callable<AdapterOutcome>>mapToObj(
                i -> () -> shared.execute(permit(run(i), 1, action(i)), action(i)))
            .toList();
    List<Future<AdapterOutcome>> outcomes;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      outcomes = threads.invokeAll(executions);
    }

    Set<String> ids = new HashSet<>();
    for (Future<AdapterOutcome> outcome : outcomes) {
      ids.add(effect(outcome.get()));
    }
    assertThat(ids).hasSize(200);
    assertThat(effects()).isEqualTo(200);
  }

  @Test
  void leaves_one_effect_when_one_key_is_raced_for() throws Exception {
    Adapter unguarded = adapterWith((_, _) -> {});
    Permit permit = permit(run(1), 1, action(1));
    Callable<AdapterOutcome> execution = () -> unguarded.execute(permit, action(1));
    List<Future<AdapterOutcome>> outcomes;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      outcomes = threads.invokeAll(IntStream.range(0, 50).mapToObj(_ -> execution).toList());
    }

    for (Future<AdapterOutcome> outcome : outcomes) {
      assertThat(outcome.get()).isEqualTo(outcomes.getFirst().get());
    }
    assertThat(effects()).isEqualTo(1);
  }

  protected static final String effect(AdapterOutcome outcome) {
    assertThat(outcome).isInstanceOf(Done.class);
    return ((Done) outcome).effect();
  }

  protected static final JsonObject output(AdapterOutcome outcome) {
    assertThat(outcome).isInstanceOf(Done.class);
    return ((Done) outcome).output();
  }

  private void assertRefused(Permit permit, Action action, String reason) {
    assertThatThrownBy(() -> adapter().execute(permit, action))
        .isInstanceOf(PermitRefused.class)
        .hasMessageStartingWith(reason);
    assertThat(effects()).as("effects after a refusal").isZero();
  }
}
