package dev.fedcore.ledger;

import dev.fedcore.engine.ledger.Append;
import dev.fedcore.engine.ledger.Document;
import dev.fedcore.engine.ledger.GateRow;
import dev.fedcore.engine.ledger.KeptAnswer;
import dev.fedcore.engine.ledger.NamedRecord;
import dev.fedcore.engine.ledger.OutboxMessage;
import dev.fedcore.engine.ledger.Payload;
import dev.fedcore.engine.ledger.Personal;
import dev.fedcore.engine.ledger.RunRow;
import dev.fedcore.engine.ledger.StreamId;
import dev.fedcore.engine.ledger.Timer;
import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import dev.fedcore.kernel.run.RunStatus;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// An append to be changed piece by piece, and small values to put in it. Numbers stand for
/// identifiers: a greater number is a later run or gate.
///
/// @param append as it is so far
public record Sample(Append append) {

  public static final TenantId TENANT = TenantId.DEFAULT;
  public static final TenantId OTHER_TENANT = new TenantId("other");
  public static final Instant AT = Instant.parse("2026-01-01T10:00:00.123456Z");

  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000000000000000L;

  /// An append of one entry for each text, to the stream of a run.
  public static Sample of(RunId run, long expectedVersion, String... entries) {
    return of(TENANT, StreamId.of(run), expectedVersion, entries);
  }

  public static Sample of(TenantId tenant, StreamId stream, long version, String... entries) {
    return new Sample(Append.of(stream, tenant, version, documents(entries)));
  }

  public static RunId run(long number) {
    return new RunId(new UUID(number << 16 | VERSION_7, VARIANT));
  }

  public static GateId gate(long number) {
    return new GateId(new UUID(number << 16 | VERSION_7, VARIANT | 1));
  }

  public static Document document(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new Document(bytes, Sha256.hex(bytes));
  }

  public static List<Document> documents(String... texts) {
    return Stream.of(texts).map(Sample::document).toList();
  }

  /// Entries that differ from each other.
  public static String[] texts(int count) {
    return IntStream.range(0, count).mapToObj(i -> "{\"n\":" + i + "}").toArray(String[]::new);
  }

  public static Payload payload(String json) {
    return new Payload(json.getBytes(StandardCharsets.UTF_8));
  }

  public static RunRow row(RunId run, RunStatus status) {
    return row(run, TENANT, "approve-leave", status, "ann");
  }

  public static RunRow row(
      RunId run, TenantId tenant, String workflow, RunStatus status, String actor) {
    return new RunRow(
        run,
        tenant,
        workflow,
        status,
        actor,
        1,
        false,
        AT,
        AT.plusSeconds(1),
        payload("{\"r\":1}"));
  }

  public static RunRow atWork(RunRow row, boolean atWork) {
    return new RunRow(
        row.run(),
        row.tenant(),
        row.workflowId(),
        row.status(),
        row.actor(),
        row.version(),
        atWork,
        row.createdAt(),
        row.updatedAt(),
        row.view());
  }

  public static GateRow gateRow(long number, RunId run, GateStatus status, Instant expiresAt) {
    return new GateRow(
        gate(number), run, TENANT, status, AT.plusSeconds(number), expiresAt, payload("{\"g\":1}"));
  }

  public static KeptAnswer answer(String key, String body) {
    return new KeptAnswer(
        TENANT, key, document(body).hash(), 201, "/workflows/runs/1", payload(body));
  }

  public static OutboxMessage message(String id, String destination) {
    return new OutboxMessage(id, destination, StreamId.of(run(1)), payload("{\"m\":1}"));
  }

  public static NamedRecord record(String kind, String key, String body) {
    return new NamedRecord(TENANT, kind, key, payload(body));
  }

  public Sample receipts(String... texts) {
    return new Sample(with(documents(texts), append.run(), append.gates(), append.answer()));
  }

  public Sample run(RunRow row) {
    return new Sample(with(append.receipts(), Optional.of(row), append.gates(), append.answer()));
  }

  public Sample gates(GateRow... rows) {
    return new Sample(with(append.receipts(), append.run(), List.of(rows), append.answer()));
  }

  public Sample answer(KeptAnswer kept) {
    return new Sample(with(append.receipts(), append.run(), append.gates(), Optional.of(kept)));
  }

  public Sample timers(List<Timer> set, List<GateId> cleared) {
    return new Sample(beside(set, cleared, append.records(), append.outbox()));
  }

  public Sample records(NamedRecord... named) {
    return new Sample(
        beside(append.timersSet(), append.timersCleared(), List.of(named), append.outbox()));
  }

  public Sample outbox(OutboxMessage... messages) {
    return new Sample(
        beside(append.timersSet(), append.timersCleared(), append.records(), List.of(messages)));
  }

  public Sample people(Personal people) {
    return new Sample(append.with(people));
  }

  private Append with(
      List<Document> receipts,
      Optional<RunRow> run,
      List<GateRow> gates,
      Optional<KeptAnswer> answer) {
    return new Append(
        append.stream(),
        append.tenant(),
        append.expectedVersion(),
        append.entries(),
        receipts,
        run,
        gates,
        append.timersSet(),
        append.timersCleared(),
        append.records(),
        append.outbox(),
        answer,
        append.personal());
  }

  private Append beside(
      List<Timer> set,
      List<GateId> cleared,
      List<NamedRecord> records,
      List<OutboxMessage> outbox) {
    return new Append(
        append.stream(),
        append.tenant(),
        append.expectedVersion(),
        append.entries(),
        append.receipts(),
        append.run(),
        append.gates(),
        set,
        cleared,
        records,
        outbox,
        append.answer(),
        append.personal());
  }
}
