package dev.fedcore.engine.live;

import dev.fedcore.engine.disclosure.Sealing;
import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.evidence.merkle.MerkleTree;
import dev.fedcore.evidence.receipt.Genesis;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.StepId;
import dev.fedcore.kernel.run.RunDecider;
import dev.fedcore.kernel.run.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// One run in memory. Guarded by its own lock: whoever reads or changes anything but the header
/// holds it.
public final class LiveRun {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final RunHeader header;
  private final Sealing sealing;
  private final Map<StepId, StepNotes> notes = new HashMap<>();
  private final Map<GateId, String> gateReceipts = new HashMap<>();
  private final List<String> receipts = new ArrayList<>();
  private final List<String> stepHashes = new ArrayList<>();
  private final List<byte[]> receiptLeaves = new ArrayList<>();
  private final Map<StepId, GateId> releasedBy = new HashMap<>();
  private final Map<Integer, PreparedStep> prepared = new HashMap<>();
  private RunState state = RunDecider.initial();
  private long version;
  private String head;
  private Optional<Instant> startedAt = Optional.empty();
  private Optional<Instant> completedAt = Optional.empty();
  private Instant updatedAt;
  private Optional<String> workflowReceipt = Optional.empty();
  private Optional<String> workflowHash = Optional.empty();
  private Optional<RunRow> committed = Optional.empty();
  private volatile long weight;
  private long wokenAt = System.nanoTime() - Duration.ofDays(1).toNanos();
  private boolean stale;
  private boolean erased;

  /// A run that nothing has happened to.
  ///
  /// @param sealing seals names and words for its entries and receipts
  public LiveRun(RunHeader header, Sealing sealing) {
    this.header = header;
    this.weight = header.input().weight();
    this.sealing = sealing;
    sealing.know(header.salt());
    this.updatedAt = header.createdAt();
    this.head =
        new Genesis(
                header.run().toString(),
                header.tenant().value(),
                header.definition().ref().id(),
                header.definition().ref().version(),
                header.definition().ref().hash().hex(),
                header.inputHash().hex())
            .hash();
  }

  public ReentrantLock lock() {
    return lock;
  }

  /// Whether those who wait for [#changed()] may be woken because time is up: not if they have been
  /// within `quiet`. For one thread.
  public boolean wakes(Duration quiet) {
    long now = System.nanoTime();
    boolean may = now - wokenAt > quiet.toNanos();
    wokenAt = may ? now : wokenAt;
    return may;
  }

  /// Signalled after each append.
  public Condition changed() {
    return changed;
  }

  public RunHeader header() {
    return header;
  }

  /// What seals names and words for its entries and receipts.
  public Sealing sealing() {
    return sealing;
  }

  public RunState state() {
    return state;
  }

  /// How many entries the run has.
  public long version() {
    return version;
  }

  /// Hash of the last entry, or of the genesis.
  public String head() {
    return head;
  }

  public StepNotes notes(StepId step) {
    return notes.getOrDefault(step, StepNotes.NONE);
  }

  /// Step and gate receipts, in the order they were given.
  public List<String> receipts() {
    return receipts;
  }

  public Optional<String> gateReceipt(GateId gate) {
    return Optional.ofNullable(gateReceipts.get(gate));
  }

  public Optional<Instant> startedAt() {
    return startedAt;
  }

  public Optional<Instant> completedAt() {
    return completedAt;
  }

  public Instant updatedAt() {
    return updatedAt;
  }

  public Optional<String> workflowReceipt() {
    return workflowReceipt;
  }

  public Optional<String> workflowHash() {
    return workflowHash;
  }

  /// Whether memory has gone ahead of the ledger, because an append failed; a stale run is read
  /// again.
  public boolean isStale() {
    return stale;
  }

  /// Whether something of it has been erased, so that it can go on no more.
  public boolean isErased() {
    return erased;
  }

  void markErased() {
    erased = true;
  }

  /// What readers see of the run, as it was appended last; empty for one that was read again and
  /// not changed since.
  public Optional<RunRow> committed() {
    return committed;
  }

  /// Says that `row` is durable.
  public void committed(RunRow row) {
    committed = Optional.of(row);
  }

  public void markStale() {
    stale = true;
  }

  /// The action at `index` of the plan, prepared once: DECIDE, GATE and ACT are about the same.
  PreparedStep prepared(int index, Supplier<PreparedStep> afresh) {
    return prepared.computeIfAbsent(index, _ -> afresh.get());
  }

  void advance(RunState next, String entryHash, Instant at) {
    state = next;
    head = entryHash;
    version++;
    updatedAt = at;
  }

  void note(StepId step, StepNotes fresh) {
    long before = weight;
    weight = before + weight(fresh) - weight(notes(step));
    notes.put(step, fresh);
  }

  /// What its input and outputs weigh; see [Payloads.Body#weight()]. For any thread.
  public long weight() {
    return weight;
  }

  private static long weight(StepNotes notes) {
    return notes.output().map(Payloads.Body::weight).orElse(0L);
  }

  void started(Instant at) {
    startedAt = Optional.of(at);
  }

  void completed(Optional<Instant> at) {
    completedAt = at;
  }

  /// The attempt at `step` that begins now was released by `gate`, or needed none.
  void released(StepId step, Optional<GateId> gate) {
    gate.ifPresentOrElse(id -> releasedBy.put(step, id), () -> releasedBy.remove(step));
  }

  Optional<GateId> releasedBy(StepId step) {
    return Optional.ofNullable(releasedBy.get(step));
  }

  void addStepReceipt(Document receipt, String stepHash) {
    addReceipt(receipt);
    stepHashes.add(stepHash);
  }

  void addGateReceipt(GateId gate, Document receipt) {
    addReceipt(receipt);
    gateReceipts.put(gate, receipt.hash());
  }

  /// The step hashes of all attempts, in the order of their receipts.
  List<String> stepHashes() {
    return stepHashes;
  }

  List<byte[]> receiptLeaves() {
    return receiptLeaves;
  }

  void ended(String receipt, String hash) {
    workflowReceipt = Optional.of(receipt);
    workflowHash = Optional.of(hash);
  }

  /// Over no more: the next ending gives another workflow receipt.
  void goesOn() {
    workflowReceipt = Optional.empty();
    workflowHash = Optional.empty();
  }

  private void addReceipt(Document receipt) {
    receipts.add(receipt.hash());
    receiptLeaves.add(MerkleTree.leafHash(receipt.bytes()));
  }
}
