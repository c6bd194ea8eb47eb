package dev.fedcore.engine.ledger;

import dev.fedcore.kernel.gate.GateStatus;
import dev.fedcore.kernel.identity.GateId;
import dev.fedcore.kernel.identity.RunId;
import dev.fedcore.kernel.identity.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/// The append-only record of what happened: one stream of entries per run and per tenant, one order
/// over all, and what readers ask for, kept in step with it.
///
/// Every implementation passes `LedgerContract`. Safe for use by many threads at once. Every method
/// throws [LedgerUnavailable] if the store did not answer.
public interface Ledger extends AutoCloseable {

  /// The most rows any read gives at once, whatever limit it is asked for.
  int ROWS_MAX = 10_000;

  /// A page ends early once the JSON of its rows has so many bytes: 4 MiB, of which a server can
  /// hold several copies for each of several readers. The row that goes beyond is still on it, so
  /// that a page is empty only where there is nothing more.
  int PAGE_BYTES_MAX = 4 << 20;

  /// Whether a page was ended by a limit, so that there may be more after it.
  ///
  /// @param limit the page was asked for with
  /// @param bytes of a row's JSON
  static <T> boolean isFull(List<T> page, int limit, ToLongFunction<T> bytes) {
    return page.size() >= limit || page.stream().mapToLong(bytes).sum() >= PAGE_BYTES_MAX;
  }

  /// Appends all of `append` or nothing. Returns when it is durable: it survives the loss of the
  /// process and of the host's power.
  AppendResult append(Append append);

  /// A stream's entries from `seq` on, oldest first. An unknown stream has none.
  List<LoggedEntry> stream(StreamId stream, long fromSeq, int limit);

  /// Like [#stream], but a page.
  List<LoggedEntry> page(StreamId stream, long fromSeq, int limit);

  /// A stream's newest entry.
  Optional<LoggedEntry> last(StreamId stream);

  /// Entries of all streams from `index` on, in the order of the log.
  List<LoggedEntry> log(long fromIndex, int limit);

  /// Like [#log], but a page, of one tenant's streams only.
  List<LoggedEntry> log(TenantId tenant, long fromIndex, int limit);

  /// The hashes of entries from `index` on, 32 bytes each, in the order of the log.
  List<byte[]> hashes(long fromIndex, int limit);

  /// How many entries the log has.
  long size();

  Optional<RunRow> run(RunId run);

  /// Whose run it is. Cheaper than reading the run.
  Optional<TenantId> tenantOf(RunId run);

  /// A page of runs, newest first.
  default List<RunRow> runs(RunQuery query) {
    return runs(query, 0);
  }

  /// A page of runs, newest first, without the first `offset` that match.
  List<RunRow> runs(RunQuery query, int offset);

  /// How many runs match, however many a page may have; `atMost` stands for that many or more.
  int count(RunQuery query, int atMost);

  /// Runs with an action at work, oldest first, after `after`.
  List<RunId> atWork(Optional<RunId> after, int limit);

  Optional<GateRow> gate(GateId gate);

  /// Gates of a run, in the order they were opened.
  List<GateRow> gates(RunId run);

  /// Gates of a tenant in one status, those that expire first coming first.
  List<GateRow> gates(TenantId tenant, GateStatus status, int limit);

  /// A run's receipts, in the order they were given.
  List<Document> receipts(RunId run);

  Optional<Document> receipt(RunId run, String hash);

  /// Timers due at `now` or before, those due first coming first.
  List<Timer> timersDue(Instant now, int limit);

  Optional<NamedRecord> record(TenantId tenant, String kind, String key);

  /// All records of one kind whose keys begin with `keyPrefix`, by key. Costs what it gives.
  List<NamedRecord> records(TenantId tenant, String kind, String keyPrefix);

  /// A page of records of one kind, by key, from the one after `afterKey` on.
  List<NamedRecord> recordsAfter(TenantId tenant, String kind, String afterKey, int limit);

  /// The keys alone of what [#records] gives.
  List<String> keys(TenantId tenant, String kind, String keyPrefix);

  Optional<KeptAnswer> answer(TenantId tenant, String key);

  /// A page of messages to one destination that have not been delivered, oldest first.
  default List<OutboxMessage> outbox(String destination, int limit) {
    return outbox(destination, Set.of(), limit);
  }

  /// Like [#outbox], without the messages of some streams.
  List<OutboxMessage> outbox(String destination, Set<StreamId> passedOver, int limit);

  /// How many messages to one destination have not been delivered; `atMost` stands for that many or
  /// more.
  int undelivered(String destination, int atMost);

  /// Forgets messages that their receiver has acknowledged.
  void delivered(List<String> ids);

  /// The key under which a person's name is sealed.
  Optional<SubjectKey> subject(TenantId tenant, String subject);

  /// What commitments of a tenant stand for, as far as it is still kept: names and words alike.
  Map<String, String> disclosed(TenantId tenant, Collection<String> commitments);

  /// What was written in one stream and is sealed there, in the order it was written.
  List<Disclosure> disclosures(StreamId stream);

  /// A page of what is sealed in one stream, by commitment, from the one after `after` on. The
  /// bytes are those of the values.
  List<Disclosure> disclosuresAfter(StreamId stream, String after, int limit);

  /// Sees to it that what was removed or replaced before cannot be read from the store's files any
  /// more. Takes as long as writing the store anew.
  ///
  /// @throws LedgerUnavailable if that did not work; what was removed is removed all the same
  void compact();

  /// Waits for appends under way, then gives the store up. Later calls throw [LedgerUnavailable].
  @Override
  void close();
}
