package dev.fedcore.engine;

import dev.fedcore.engine.adapter.ActionDigest;
import dev.fedcore.engine.adapter.ActionForm;
import dev.fedcore.engine.adapter.Adapter;
import dev.fedcore.engine.adapter.AdapterOutcome;
import dev.fedcore.engine.adapter.Permit;
import dev.fedcore.engine.adapter.Permits;
import dev.fedcore.evidence.json.JsonFields;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.MalformedInput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// Makes tasks in an outside world that counts them, and behaves as the action's `behave` says. The
/// outside world is a map, and outlives the adapter's answers.
final class ScriptedAdapter implements Adapter {

  /// The most a test waits for anything.
  static final int PATIENCE_SECONDS = 30;

  private static final List<String> BEHAVIOURS =
      List.of(
          "done",
          "rejected",
          "not_now",
          "doubt_found",
          "doubt_absent",
          "doubt_unknowable",
          "doubt_unasked",
          "unwritable",
          "throws",
          "dies");

  /// Stands in the world while nobody there can be asked, in whichever process.
  static final String UNREACHABLE = "unreachable";

  private final Permits permits;
  private final Map<String, Integer> world;
  private final Map<String, String> behaviours = new ConcurrentHashMap<>();
  private final AtomicReference<Hold> hold = new AtomicReference<>(new Hold(0));

  /// @param world how often each effect key has had its effect
  ScriptedAdapter(Permits permits, Map<String, Integer> world) {
    this.permits = permits;
    this.world = world;
  }

  /// Keeps one action at work until it is released.
  static final class Hold {

    private final CountDownLatch entered = new CountDownLatch(1);
    private final CountDownLatch released;

    Hold(int count) {
      released = new CountDownLatch(count);
    }

    /// Waits until an action is at work, its effect done and its answer not given.
    void awaitEntered() throws InterruptedException {
      if (!entered.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("no action came to work");
      }
    }

    void release() {
      released.countDown();
    }
  }

  /// Lets the action at work go on, if there is one.
  void release() {
    hold.get().release();
  }

  /// Whether the action at work is kept there.
  boolean isHolding() {
    return hold.get().entered.getCount() == 0 && hold.get().released.getCount() > 0;
  }

  /// Actions from now on wait for their release before they answer.
  Hold hold() {
    var next = new Hold(1);
    hold.set(next);
    return next;
  }

  @Override
  public ActionForm form() {
    return this;
  }

  @Override
  public String type() {
    return "task";
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public Effect effect() {
    return Effect.REVERSIBLE;
  }

  @Override
  public Dedup dedup() {
    return Dedup.LOOK_UP;
  }

  @Override
  public Action normalise(JsonObject parameters) {
    JsonFields fields = JsonFields.of(parameters, "/parameters");
    String title = fields.string("title");
    String behave = fields.optionalString("behave").orElse("done");
    String policy = fields.optionalString("policy").orElse("allow");
    fields.end();
    if (!BEHAVIOURS.containsAll(List.of(behave.split(",", -1)))) {
      throw new MalformedInput("/parameters/behave", "must be one of " + BEHAVIOURS);
    }
    return new Action(
        "task:" + title,
        JsonObject.builder()
            .put("behave", behave)
            .put("policy", policy)
            .put("title", title)
            .build());
  }

  @Override
  public Optional<String> missing(JsonObject parameters) {
    return parameters.get("title").isPresent()
        ? Optional.empty()
        : Optional.of("missing_task_title");
  }

  @Override
  public boolean isDryRun() {
    return false;
  }

  @Override
  public AdapterOutcome execute(Permit permit, Action action) {
    permits.redeem(
        permit, ActionDigest.of(type(), version(), action, permit.actor(), permit.salt()));
    JsonFields fields = JsonFields.of(action.parameters(), "/parameters");
    String behave = behaviour(fields.string("behave"), permit.attempt());
    behaviours.put(permit.effectKey(), behave);
    if (List.of("done", "doubt_found", "dies", "unwritable").contains(behave)) {
      world.merge(permit.effectKey(), 1, Integer::sum);
    }
    stay();
    return switch (behave) {
      case "done" -> new AdapterOutcome.Done("T-" + permit.effectKey(), output());
      case "unwritable" ->
          new AdapterOutcome.Done(
              "T-" + permit.effectKey(),
              JsonObject.builder().put("half_a_character", "\ud83d").build());
      case "rejected" -> new AdapterOutcome.Rejected("task_refused", "the receiver says no");
      case "not_now" -> new AdapterOutcome.NotNow("busy", "the receiver is busy");
      case "throws" -> throw new IllegalStateException("the adapter has a fault");
      case "dies" -> throw new NoClassDefFoundError("the adapter misses a part");
      default -> new AdapterOutcome.InDoubt("the line broke");
    };
  }

  /// One behaviour an attempt; the last one stays.
  static String behaviour(String behaviours, int attempt) {
    String[] each = behaviours.split(",", -1);
    return each[Math.min(attempt, each.length) - 1];
  }

  @Override
  public Lookup find(String effectKey) {
    if (world.containsKey(UNREACHABLE)) {
      throw new IllegalStateException("the receiver cannot be asked");
    }
    return switch (behaviours.getOrDefault(effectKey, "")) {
      case "doubt_unknowable" -> new Lookup.Unknowable("the receiver does not remember");
      case "doubt_unasked" -> throw new IllegalStateException("the receiver cannot be asked");
      default ->
          world.containsKey(effectKey)
              ? new Lookup.Found("T-" + effectKey, output())
              : new Lookup.Absent();
    };
  }

  private void stay() {
    Hold at = hold.get();
    at.entered.countDown();
    try {
      if (!at.released.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody released the action");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static JsonObject output() {
    return JsonObject.builder().put("made", true).build();
  }
}
