package dev.fedcore.pillars.bucket.store;

import dev.fedcore.evidence.hash.Sha256;
import dev.fedcore.evidence.json.JsonArray;
import dev.fedcore.evidence.json.JsonLimits;
import dev.fedcore.evidence.json.JsonNumber;
import dev.fedcore.evidence.json.JsonObject;
import dev.fedcore.evidence.json.JsonPointers;
import dev.fedcore.evidence.json.JsonReader;
import dev.fedcore.evidence.json.MalformedInput;
import dev.fedcore.evidence.receipt.Commitment;
import dev.fedcore.pillars.bucket.store.Verification.Break;
import dev.fedcore.sqlite.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Walks along a chain and recomputes it: every number, every hash, and that the columns by which
/// rows are found say what the bodies say; of what was erased, that an erasure says so. For one
/// thread.
final class ChainVerifier {

  /// How many entries are read at once; at most 64 of the largest, which is 64 MiB.
  private static final int PAGE_ROWS = 64;

  /// What a body may be to be read back: more than any that was let in.
  private static final JsonLimits BODY = new JsonLimits(4 << 20, 512, 100_000);

  private static final String ERASURES =
      """
      SELECT body
        FROM audit
       WHERE product = 'bucket'
         AND kind = 'ERASURE'
       ORDER BY seq
      """;

  private final Store<ChainWriter> store;
  private final Chain chain;
  private long next;
  private String head;
  private final Set<Long> erased = new HashSet<>();

  ChainVerifier(Store<ChainWriter> store, Chain chain) {
    this.store = store;
    this.chain = chain;
    this.head = chain.genesis();
  }

  Verification verify() {
    String rows =
        """
        SELECT seq, entry_hash, product, requester, entry_id, body, tenant, salt, content
          FROM %s
         WHERE seq >= ?
         ORDER BY seq
         LIMIT ?
        """
            .formatted(chain.table());
    long counted = counted();
    List<Row> page;
    do {
      page = store.list("verify the chain", rows, Row::read, next, PAGE_ROWS);
      for (Row row : page) {
        Optional<String> problem = problem(row);
        if (problem.isPresent()) {
          return result(Optional.of(new Break(next, problem.get())));
        }
        next++;
        head = row.hash();
      }
    } while (!page.isEmpty());
    return next < counted
        ? result(Optional.of(new Break(next, "%d entries were counted".formatted(counted))))
        : result(Optional.empty());
  }

  private Verification result(Optional<Break> broken) {
    return new Verification(chain, next, head, broken);
  }

  /// Asked first: entries may be added while the chain is walked.
  private long counted() {
    String column =
        switch (chain) {
          case EVENTS -> "events";
          case AUDIT -> "audits";
        };
    String sum =
        """
        SELECT coalesce(sum(%s), 0)
          FROM product
        """
            .formatted(column);
    return store.first("count the chain", sum, row -> row.getLong(1)).orElse(0L);
  }

  private Optional<String> problem(Row row) {
    if (row.seq() != next) {
      return Optional.of("the next entry has seq " + row.seq());
    }
    if (!Sha256.hex(row.body()).equals(row.hash())) {
      return Optional.of("its bytes do not have its hash");
    }
    try {
      JsonObject body = JsonReader.readObject(row.body(), BODY);
      return EntryForm.isSealed(row.body()) ? sealedMismatch(row, body) : mismatch(row, body, body);
    } catch (MalformedInput malformed) {
      return Optional.of("its body is no JSON object");
    }
  }

  private Optional<String> sealedMismatch(Row row, JsonObject body) {
    if (!EntryForm.says(body, "tenant_id", row.tenant())) {
      return Optional.of("it is listed under another tenant than its body says");
    }
    if (row.content() == null || row.salt() == null) {
      return isErased(row.seq())
          ? placeMismatch(row, body)
          : Optional.of("its content is gone, and no erasure says so");
    }
    String commitment = Commitment.ofCanonical(row.salt(), row.content());
    return EntryForm.says(body, EntryForm.CONTENT, commitment)
        ? mismatch(row, body, JsonReader.readObject(row.content(), BODY))
        : Optional.of("its content is not the one that was hashed");
  }

  /// @param said by the requester, or by the whole body in the first version
  private Optional<String> mismatch(Row row, JsonObject body, JsonObject said) {
    boolean found =
        EntryForm.says(said, "requester_id", row.requester())
            && EntryForm.says(said, ChainWriter.idName(chain), row.id());
    return found
        ? placeMismatch(row, body)
        : Optional.of("it is listed under another requester or id than it says");
  }

  private Optional<String> placeMismatch(Row row, JsonObject body) {
    if (!EntryForm.says(body, "seq", row.seq())) {
      return Optional.of("its body has another seq");
    }
    if (!EntryForm.says(body, "prev", head)) {
      return Optional.of("it does not name the hash of the entry before it");
    }
    return EntryForm.says(body, "product_id", row.product())
        ? Optional.empty()
        : Optional.of("it is listed under another product than its body says");
  }

  /// Whether an erasure took the content of this chain's entry. Those there are are read when one
  /// is met that none of the known ones explains: somebody may be erased while the chain is walked.
  private boolean isErased(long seq) {
    if (!erased.contains(seq)) {
      store
          .list("read the erasures", ERASURES, row -> numbers(row.getBytes(1)))
          .forEach(erased::addAll);
    }
    return erased.contains(seq);
  }

  /// An erasure's entry that was tampered with numbers nothing; the walk along its chain finds it.
  private List<Long> numbers(byte[] body) {
    String pointer = "/" + EntryForm.ERASED_ENTRIES + "/" + chain.table();
    try {
      return JsonPointers.find(JsonReader.readObject(body, BODY), pointer).orElse(JsonArray.EMPTY)
              instanceof JsonArray(var numbers)
          ? numbers.stream()
              .filter(JsonNumber.class::isInstance)
              .map(number -> ((JsonNumber) number).longValue())
              .toList()
          : List.of();
    } catch (MalformedInput _) {
      return List.of();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // rows of a page are read, never compared
  private record Row(
      long seq,
      String hash,
      String product,
      String requester,
      String id,
      byte[] body,
      String tenant,
      byte @Nullable [] salt,
      byte @Nullable [] content) {

    static Row read(ResultSet row) throws SQLException {
      return new Row(
          row.getLong(1),
          row.getString(2),
          row.getString(3),
          row.getString(4),
          row.getString(5),
          row.getBytes(6),
          row.getString(7),
          row.getBytes(8),
          row.getBytes(9));
    }
  }
}
