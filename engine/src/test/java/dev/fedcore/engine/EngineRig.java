package dev.fedcore.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fedcore.engine.CommandResult.Done;
import dev.fedcore.engine.CommandResult.Refused;
import dev.fedcore.engine.adapter.Observer;
import dev.fedcore.engine.adapter.PermitOffice;
import dev.fedcore.engine.disclosure.SubjectKeys;
import dev.fedcore.engine.ledger.Commits;
import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.GateRow;
import dev.fedcore.engine.ledger.Ledger;
import dev.fedcore.engine.ledger.LoggedEntry;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.live.Catalog;
import dev.fedcore.engine.live.Ids;
import dev.fedcore.engine.live.RunLoader;
import dev.fedcore.engine.outbox.OutboxWriter;
import dev.fedcore.engine.outbox.Subscription;
import dev.fedcore.engine.view.RunView;
import dev.fedcore.evidence.json.JsonBoolean;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.receipt.AuditEntry;
import dev.fedcore.evidence.receipt.Commitment;
import dev.fedcore.evidence.verify.Exhibit;
import dev.fedcore.evidence.verify.RunEvidence;
import dev.fedcore.evidence.verify.RunVerifier;
import dev.fedcore.evidence.verify.VerificationReport;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.Principal;
import dev.fedcore.kernel.identity.Role;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.run.Refusal;
import dev.fedcore.kernel.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/// A whole engine over a ledger in memory, with a clock that tests move and an outside world that
/// counts. Closing it checks what every scenario must leave behind: all that is in the ledger
/// verifies, and every run reads back as it was.
final class EngineRig implements AutoCloseable {

  /// Faults are what these tests make; warnings about each would bury the one that matters.
  private static final Logger QUIET = Logger.getLogger("dev.fedcore.engine");

  static {
    QUIET.setLevel(Level.OFF);
  }

  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  static final Principal ANN =
      new Principal("ann", TenantId.DEFAULT, Set.of(Role.OPERATOR, Role.APPROVER));
  static final Principal BEN = new Principal("ben", TenantId.DEFAULT, Set.of(Role.APPROVER));
  static final Principal CAT = new Principal("cat", TenantId.DEFAULT, Set.of(Role.APPROVER));
  static final Principal EVE = new Principal("eve", new TenantId("other"), Set.of(Role.OPERATOR));

  static final String SPINE = "pt004_execution_spine";

  private static final Duration PATIENCE = Duration.ofSeconds(ScriptedAdapter.PATIENCE_SECONDS);
  private static final byte[] PERMIT_KEY = new byte[PermitOffice.KEY_BYTES];

  private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
  private final Map<String, Integer> world = new ConcurrentHashMap<>();
  private final MemoryLedger disk = new MemoryLedger();
  private final RulePolicy policy = new RulePolicy();
  private final Random random = new Random(1);
  private final Random secrets = new Random(2);
  private final List<CommandService> old = new ArrayList<>();
  private final boolean forgetful;
  private final Duration recordAgainAfter;
  private Incarnation process;

  /// What one process of the program holds; the ledger and the world outlive it.
  private record Incarnation(
      LedgerLine line,
      Commits commits,
      ScriptedAdapter adapter,
      Definitions definitions,
      TenantJournal journal,
      Engine engine,
      CommandService service) {}

  private EngineRig(boolean forgetful, Duration recordAgainAfter) {
    this.forgetful = forgetful;
    this.recordAgainAfter = recordAgainAfter;
    this.process = process();
  }

  static EngineRig started() {
    return new EngineRig(false, RunWork.RECORD_AGAIN_AFTER);
  }

  /// A rig that does not wait long for a ledger to come back.
  static EngineRig impatient() {
    return new EngineRig(false, Duration.ofMillis(1));
  }

  /// A rig that reads every run from the ledger before each request, as after a restart.
  static EngineRig forgetful() {
    return new EngineRig(true, RunWork.RECORD_AGAIN_AFTER);
  }

  private byte[] secret() {
    byte[] secret = new byte[Commitment.SALT_BYTES];
    secrets.nextBytes(secret);
    return secret;
  }

  private Incarnation process() {
    var line = new LedgerLine(disk);
    var commits = new Commits();
    var permits = new PermitOffice(PERMIT_KEY, now::get);
    var adapter = new ScriptedAdapter(permits, world);
    var subjects = new SubjectKeys(line, this::secret);
    var journal = new TenantJournal(line, commits, now::get, subjects);
    var definitions = new Definitions(line, journal, false);
    var engine =
        new Engine(
            line,
            commits,
            new OutboxWriter(List.of(Subscription.toEveryEntry("bucket"))),
            definitions,
            journal,
            new Catalog(List.of(adapter), List.of(new Registry())),
            policy,
            permits,
            now::get,
            new Ids(now::get, () -> random),
            subjects,
            (_, _) -> {});
    return new Incarnation(
        line,
        commits,
        adapter,
        definitions,
        journal,
        engine,
        new CommandService(engine, recordAgainAfter, CommandService.ENTRIES_MAX));
  }

  /// Knows one agent for whatever capability is asked for.
  private static final class Registry implements Observer {

    @Override
    public String source() {
      return "registry";
    }

    @Override
    public JsonObject look(TenantId tenant, JsonObject parameters) {
      if (parameters.toString().contains("fault")) {
        throw new IllegalStateException("the registry has a fault");
      }
      return JsonObject.builder().put("agent", "a-1").put("asked", parameters).build();
    }
  }

  CommandService service() {
    if (forgetful) {
      old.add(process.service());
      process =
          new Incarnation(
              process.line(),
              process.commits(),
              process.adapter(),
              process.definitions(),
              process.journal(),
              process.engine(),
              new CommandService(process.engine()));
    }
    return process.service();
  }

  MemoryLedger disk() {
    return disk;
  }

  LedgerLine line() {
    return process.line();
  }

  ScriptedAdapter adapter() {
    return process.adapter();
  }

  RulePolicy policy() {
    return policy;
  }

  Definitions definitions() {
    return process.definitions();
  }

  TenantJournal journal() {
    return process.journal();
  }

  Engine engine() {
    return process.engine();
  }

  Instant now() {
    return now.get();
  }

  void advance(Duration by) {
    now.updateAndGet(t -> t.plus(by));
  }

  /// How many effects there are outside.
  int effects() {
    return world.values().stream().mapToInt(Integer::intValue).sum();
  }

  /// How often each effect key has had its effect.
  Map<String, Integer> world() {
    return world;
  }

  /// The process dies, and another one begins on the same ledger.
  void restart() {
    line().cut();
    adapter().release();
    process.service().close();
    process = process();
    process.service().recover();
  }

  // What is asked.

  /// Input of the spine: a task with this policy and this behaviour.
  static JsonObject task(String rules, String behave) {
    return action(
        JsonObject.builder().put("behave", behave).put("policy", rules).put("title", "t").build());
  }

  static JsonObject action(JsonObject parameters) {
    var action = JsonObject.builder().put("parameters", parameters).put("type", "task").build();
    return JsonObject.builder().put("action", action).build();
  }

  static NewRun wanted(String workflow, JsonObject input, boolean start) {
    return new NewRun(
        workflow,
        Optional.empty(),
        input,
        JsonObject.EMPTY,
        List.of("tag"),
        Optional.empty(),
        Optional.empty(),
        start,
        Optional.empty(),
        Optional.of("case-1"));
  }

  /// Starts a run of the spine.
  RunId start(String rules, String behave) {
    return id(service().create(ANN, wanted(SPINE, task(rules, behave), true), Optional.empty()));
  }

  /// Starts a run of the spine, and waits until it is paused or over.
  RunId run(String rules, String behave) {
    RunId run = start(rules, behave);
    await(run);
    return run;
  }

  /// The same by somebody else than Ann.
  RunId runOf(Principal by, String rules) {
    RunId run =
        id(service().create(by, wanted(SPINE, task(rules, "done"), true), Optional.empty()));
    await(run);
    return run;
  }

  static RunId id(CommandResult result) {
    assertThat(result).isInstanceOf(Done.class);
    return ((Done) result).run().run();
  }

  CommandResult ask(Principal by, RunId run, Request request) {
    return service().handle(by, run, request, Optional.empty(), OptionalLong.empty());
  }

  /// Asks what must be taken, and waits until the run is paused or over.
  RunStatus done(Principal by, RunId run, Request request) {
    assertThat(ask(by, run, request)).isInstanceOf(Done.class);
    return await(run);
  }

  /// Asks what must be refused.
  Refusal refused(Principal by, RunId run, Request request) {
    CommandResult result = ask(by, run, request);
    assertThat(result).isInstanceOf(Refused.class);
    return ((Refused) result).refusal();
  }

  RunStatus await(RunId run) {
    try {
      return process.service().await(run, PATIENCE).orElseThrow().status();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("told to stop", e);
    }
  }

  /// Waits until `condition` holds, looking again after each commit.
  void until(BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      long seen = process.commits().latest();
      // What is waited for is not always an append, so a look is taken every millisecond as well.
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > end) {
          throw new AssertionError("waited for in vain");
        }
        process.commits().awaitBeyond(seen, Duration.ofMillis(1));
        seen = process.commits().latest();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("told to stop", e);
    }
  }

  // What is there.

  RunRow row(RunId run) {
    return disk.run(run).orElseThrow();
  }

  RunStatus status(RunId run) {
    return row(run).status();
  }

  JsonObject view(RunId run) {
    return JsonReader.readObject(row(run).view().utf8(), RunLoader.VIEW_LIMITS);
  }

  /// The entries of a run in short: code, and the step where there is one.
  List<String> story(RunId run) {
    return entries(run).stream()
        .map(e -> e.stepId().map(step -> e.eventType() + " " + step).orElse(e.eventType()))
        .toList();
  }

  List<AuditEntry> entries(RunId run) {
    return entries(StreamId.of(run));
  }

  List<AuditEntry> entries(StreamId stream) {
    return disk.stream(stream, 0, Ledger.ROWS_MAX).stream()
        .map(e -> AuditEntry.parse(e.document().bytes()))
        .toList();
  }

  List<JsonObject> receipts(RunId run) {
    return disk.receipts(run).stream()
        .map(r -> JsonReader.readObject(r.bytes(), JsonLimits.DEFAULT))
        .toList();
  }

  /// The run's newest gate.
  GateId gate(RunId run) {
    return disk.gates(run).getLast().gate();
  }

  GateRow gateRow(RunId run) {
    return disk.gates(run).getLast();
  }

  /// Verifies a stream as it stands at one time. A doubt may be settled while it is read; then it
  /// is read again.
  VerificationReport verify(StreamId stream) {
    List<Exhibit> entries;
    List<Exhibit> receipts;
    do {
      entries = entryExhibits(stream);
      receipts =
          stream.isRun()
              ? disk.receipts(RunId.parse(stream.value())).stream().map(EngineRig::exhibit).toList()
              : List.of();
    } while (entryExhibits(stream).size() != entries.size());
    return RunVerifier.verify(new RunEvidence(stream.value(), entries, receipts));
  }

  private List<Exhibit> entryExhibits(StreamId stream) {
    return disk.stream(stream, 0, Ledger.ROWS_MAX).stream()
        .map(entry -> exhibit(entry.document()))
        .toList();
  }

  private static Exhibit exhibit(Document document) {
    return new Exhibit(document.hash(), document.bytes());
  }

  /// All that every scenario must leave behind.
  void checkLedger() {
    Set<StreamId> streams =
        disk.log(0, Ledger.ROWS_MAX).stream().map(LoggedEntry::stream).collect(Collectors.toSet());
    var loader =
        new RunLoader(disk, process.definitions()::pinned, new SubjectKeys(disk, this::secret));
    for (StreamId stream : streams) {
      assertThat(verify(stream).findings()).as("findings about %s", stream).isEmpty();
      if (stream.isRun()) {
        checkReadBack(RunId.parse(stream.value()), loader);
      }
    }
    assertThat(world.values()).as("effects under one key").allMatch(times -> times == 1);
  }

  /// What readers see equals what the entries say. A doubt may be settled between the two reads;
  /// then they are read again, and there is only one doubt to settle at a time.
  ///
  /// What was erased cannot be made again from the entries.
  private void checkReadBack(RunId run, RunLoader loader) {
    if (view(run).get("erased").filter(new JsonBoolean(true)::equals).isPresent()) {
      return;
    }
    RunRow before;
    Payload readBack;
    do {
      before = row(run);
      readBack = RunView.of(loader.load(run).orElseThrow());
    } while (row(run).version() != before.version());
    assertThat(readBack).as("run %s, read back", run).isEqualTo(before.view());
  }

  @Override
  public void close() {
    process.service().close();
    old.forEach(CommandService::close);
    checkLedger();
  }
}
